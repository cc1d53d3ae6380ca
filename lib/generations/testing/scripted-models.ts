import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import type { Adapter } from '@/lib/inference/adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { listGenerations } from '../queries';
import { quote } from '../quote';
import { createRunGeneration } from '../run-generation';
import { startGenerations } from '../start-generations';

/** Models, and runs of them, for tests that script what endpoints do. */
export function scriptedModels(db: Database) {
  const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);

  /** A published model, of a creator of its own where none is given, with one deployment at `a`. */
  async function newModel(creator?: Actor): Promise<{ version: Hex; deployment: string }> {
    const slug = `m-${newId()}`;
    const { digest } = await seedTestModel(db, creator ?? (await newPerson()), { slug, provider: 'a', manifest: { name: slug } });
    const { id } = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: digest } });
    return { version: digest, deployment: id };
  }
  const addDeployment = (version: Hex, provider: string) =>
    db.prisma.deployment.create({ data: { id: newId(), versionDigest: version, provider, reference: provider, priority: 1 } });

  /** A run of one picture, by somebody new where no actor is given. Returns its id. */
  async function startRun(version: Hex, actor?: Actor): Promise<string> {
    const person = actor ?? (await newPerson());
    if (!actor) await grantCredits(db, person, 10_000n);
    const { token, quoteId } = await quote(db, person, { version, prompt: 'a private thought', params: {}, seed: '7', count: 1 });
    await startGenerations(db, person, { token });
    return (await listGenerations(db, person, { quoteId }))[0]?.id ?? '';
  }
  /** What a worker does with the run's job. */
  const run = (id: string, adapters: Record<string, Adapter>) =>
    createRunGeneration(db, adapters)({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });

  return { newPerson, newModel, addDeployment, startRun, run };
}
