import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openC2pa } from '@/lib/credentials/c2pa';
import { readCredentials } from '@/lib/credentials/read-credentials';
import { trustAnchorsPem } from '@/lib/credentials/signing-key';
import { openDatabase } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { limits } from '@/lib/inference/adapters/shared/limits';
import { storeSecret } from '@/lib/models/deployment-secret';
import { readRecord } from '@/lib/protocol/png-record';
import { CHAIN_ID, COLLECTION } from '@/packages/endpoint-server/testing/serve';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { readSealedFile } from './read-file';
import { sealWork } from './seal-work';
import { type Endpoint, everyEndpoint } from './testing/every-endpoint';

// What every adapter gives, run against something real, sealed and read by the official reader.
const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'every-endpoint-'));
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let world: Awaited<ReturnType<typeof everyEndpoint>>;

beforeAll(async () => {
  vi.stubEnv('STORAGE_DIR', folder);
  limits.pollAfterMs = 5;
  world = await everyEndpoint(`0x${'cc'.repeat(20)}`);
});
afterAll(async () => {
  await world.close();
  await db.close();
  rmSync(folder, { recursive: true });
});

/** A published model at this endpoint, one run of it, sealed: the file as its owner downloads it. */
async function sealedFrom({ provider, deployment, secret, manifest, custody }: Endpoint): Promise<Buffer> {
  const options = { slug: provider, provider, collection: COLLECTION, chainId: CHAIN_ID };
  const { digest: version } = await seedTestModel(db, await newPerson(), { ...options, manifest: { ...manifest, name: `At ${provider}` } });
  const { id } = await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: version } });
  await db.prisma.deployment.update({ where: { id }, data: deployment });
  if (custody) {
    await db.prisma.modelVersion.update({ where: { digest: version }, data: { signerKeyId: null, signerAddress: custody } });
    await db.prisma.deployment.update({ where: { id }, data: { reference: version } });
  }
  if (secret) await storeSecret(db.pool, { id, version }, { secret, webhookSecret: null });
  const actor = await newPerson();
  await grantCredits(db, actor, 50_000n);
  const { token, quoteId } = await quote(db, actor, { version, prompt: 'a heron', params: {}, seed: null, count: 1 });
  await startGenerations(db, actor, { token });
  const work = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, world.adapters)({ id: work }, context);
  await sealWork({ id: work }, context);
  return (await readSealedFile(db, actor, work)).bytes;
}
const read = async (file: Uint8Array, anchors?: string) =>
  readCredentials((await openC2pa()).WasmReader, file, { trustAnchorsPem: anchors ?? (await trustAnchorsPem(db)) });

const PROVIDERS = ['replicate', 'fal', 'openai-images', 'hugging-face', 'automatic1111', 'comfyui', 'openai-chat', 'signed-http', 'embedded'];

test('every kind of endpoint is tried here', () => {
  expect(world.endpoints.map(({ provider }) => provider)).toEqual(PROVIDERS);
  expect(Object.keys(world.adapters).sort()).toEqual([...PROVIDERS].sort());
});

describe.each(PROVIDERS)('a work from %s', (provider) => {
  test('has credentials: Trusted with our root, Valid without, Invalid with a byte changed, none once encoded anew', async () => {
    const endpoint = world.endpoints.find((one) => one.provider === provider) as Endpoint;
    const file = await sealedFrom(endpoint);
    const found = await read(file);
    expect(found).toMatchObject({ state: 'trusted', problems: [], record: readRecord(file) });
    expect(found.manifest?.actions).toMatchObject([
      {
        action: 'c2pa.created',
        digitalSourceType: expect.stringMatching(provider === 'embedded' ? /\/algorithmicMedia$/ : /\/trainedAlgorithmicMedia$/),
        softwareAgent: `At ${provider} 1`,
      },
    ]);
    expect(file.includes(`Iptc4xmpExt:AISystemUsed="At ${provider}"`)).toBe(true);
    expect(file.includes('a heron')).toBe(false);
    expect(await read(file, '')).toMatchObject({ state: 'valid', problems: [{ code: 'signingCredential.untrusted' }] });
    for (const at of [40, file.indexOf('caBX') + 400, file.length >> 1, file.length - 5]) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect([at, (await read(changed)).state]).toEqual([at, 'invalid']);
    }
    for (const copy of [sharp(file).png(), sharp(file).resize(32).png(), sharp(file).jpeg(), sharp(file).webp()]) {
      expect((await read(await copy.toBuffer())).state).toBe('none');
    }
  });
});
