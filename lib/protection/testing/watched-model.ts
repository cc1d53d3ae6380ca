import { randomBytes } from 'node:crypto';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { newId } from '@/lib/ids';
import { localAdapter } from '@/lib/inference/local-adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel, testManifest } from '@/prisma/seed/test-model';

const dial = (title: string) => ({ type: 'integer' as const, title, default: 0, minimum: 0, maximum: 9 });
const failing = localAdapter(() => Promise.resolve({ output: { kind: 'text', text: 'no picture' } }));
type Ask = { prompt?: string; params?: Record<string, number>; seed?: string | null; count?: number };

/** A published model with two dials, its creator, and people who run it for real. */
export async function watchedModel(db: Database) {
  const newPerson = async (millicredits = 10_000_000n): Promise<Actor> => {
    const person = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
    await grantCredits(db, person, millicredits);
    return person;
  };
  const creator = await newPerson();
  const slug = `m-${newId()}`;
  const { parameters } = testManifest(creator.address);
  const properties = { ...(parameters.properties as object), grain: dial('Grain'), warmth: dial('Warmth') };
  const { digest: version } = await seedTestModel(db, creator, {
    slug,
    manifest: { name: slug, parameters: { ...(parameters as object), properties } as never },
  });
  const { id: modelId } = await db.prisma.model.findUniqueOrThrow({ where: { slug } });

  async function start(actor: Actor, { prompt = 'a harbour at night', params = {}, seed = null, count = 1 }: Ask = {}): Promise<string[]> {
    const { token, quoteId } = await quote(db, actor, { version, prompt, params, seed, count });
    await startGenerations(db, actor, { token });
    return (await listGenerations(db, actor, { quoteId })).map(({ id }) => id);
  }
  const end = (id: string, how: 'captured' | 'failed' = 'captured') =>
    createRunGeneration(db, { test: how === 'captured' ? seedPixels : failing })(
      { id },
      { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 },
    );
  const make = async (actor: Actor, ask: Ask = {}) => {
    const ids = await start(actor, ask);
    for (const id of ids) await end(id);
    return ids;
  };
  return { newPerson, creator, slug, modelId, version, start, end, make };
}
