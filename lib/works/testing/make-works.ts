import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { openC2pa } from '@/lib/credentials/c2pa';
import { revokedLeafs } from '@/lib/credentials/house-credentials';
import { readCredentials } from '@/lib/credentials/read-credentials';
import { trustAnchorsPem } from '@/lib/credentials/signing-key';
import type { Database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import type { Manifest } from '@/lib/protocol/manifest';
import { storage } from '@/lib/storage/storage';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel, testManifest } from '@/prisma/seed/test-model';
import { sealWork } from '../seal-work';

export const contextOf = (db: Database) => ({ db, signal: new AbortController().signal, attempt: 1, maxAttempts: 10 });

type Made = { parentWorkId?: string; picture?: string; sealed?: boolean };

/** Works of test models, through the run path, and what the official reader says of their files. */
export function worksIn(db: Database) {
  const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);

  /** `takesPicture`: it can start from one. */
  async function newModel(slug: string, { takesPicture = false, ...manifest }: Partial<Manifest> & { takesPicture?: boolean } = {}): Promise<Hex> {
    const creator = await newPerson();
    const { parameters } = testManifest(creator.address);
    const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' };
    const properties = { ...(parameters.properties as object), ...(takesPicture ? { picture } : {}) };
    return (await seedTestModel(db, creator, { slug, manifest: { name: slug, ...manifest, parameters: { ...parameters, properties } } })).digest;
  }

  async function make(actor: Actor, version: Hex, { parentWorkId, picture, sealed = true }: Made = {}): Promise<string> {
    await grantCredits(db, actor, 2_000n);
    const params: Record<string, string> = picture === undefined ? {} : { picture };
    const { token, quoteId } = await quote(db, actor, { version, prompt: 'secret words', params, seed: null, count: 1, parentWorkId });
    await startGenerations(db, actor, { token });
    const id = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
    await createRunGeneration(db, { test: seedPixels })({ id }, contextOf(db));
    if (sealed) await sealWork({ id }, contextOf(db));
    return id;
  }

  const workOf = (id: string) => db.prisma.work.findUniqueOrThrow({ where: { id } });
  const fileOf = async (id: string) => storage().get((await workOf(id)).sealedBlob ?? '');
  const read = async (file: Uint8Array) => {
    const revokedSerials = (await revokedLeafs(db)).map(({ serial }) => serial);
    return readCredentials((await openC2pa()).WasmReader, file, { trustAnchorsPem: await trustAnchorsPem(db), revokedSerials });
  };

  return { newPerson, newModel, make, workOf, fileOf, read };
}
