import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { signedHttpAdapter } from '@/lib/inference/adapters/signed-http';
import { rasterContent } from '@/lib/protocol/content';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { receiptDigest } from '@/lib/protocol/receipt';
import { sweepUploads } from '@/lib/uploads/sweep-uploads';
import { takeUpload } from '@/lib/uploads/take-upload';
import { photo, plain } from '@/lib/uploads/testing/files';
import { tinyModel } from '@/packages/endpoint-server/testing/models';
import { CHAIN_ID, COLLECTION, closeAll, platform, serve } from '@/packages/endpoint-server/testing/serve';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { getReusableSettings, listGenerations } from './queries';
import { quote } from './quote';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

// A creator's own server (packages/endpoint-server) with the version's key beside it: it recomputes every hash of what it is sent.
const db = openDatabase(process.env.DATABASE_URL ?? '');
const folder = mkdtempSync(join(tmpdir(), 'upload-run-'));
const model = tinyModel();
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let version: Hex;

beforeAll(async () => {
  const server = await serve(model, { versions: [] });
  vi.stubEnv('STORAGE_DIR', folder);
  vi.stubEnv('ENDPOINT_PRIVATE_HOSTS', new URL(server.url).host);
  const size = (title: string, only: number) => ({ type: 'integer', title, default: only, enum: [only] });
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png', minLength: 1 };
  const properties = { width: size('Width', 2), height: size('Height', 1), picture };
  const parameters = { type: 'object', additionalProperties: false, properties } as const;
  const manifest = { name: 'Again', signerCustody: 'creator', reproducibility: 'C', parameters } as const;
  const creator = await newPerson();
  version = (await seedTestModel(db, creator, { slug: 'again', provider: 'signed-http', collection: COLLECTION, chainId: CHAIN_ID, manifest }))
    .digest;
  await db.prisma.modelVersion.update({ where: { digest: version }, data: { signerKeyId: null, signerAddress: server.signer ?? '' } });
  await db.prisma.deployment.updateMany({ where: { versionDigest: version }, data: { url: server.url, reference: version, mustReport: version } });
});
afterAll(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
  expect(await auditBooks(db)).toEqual([]);
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  await db.close();
});

const ask = (actor: Actor, picture: string, count = 1) => quote(db, actor, { version, prompt: 'a harbour', params: { picture }, seed: '7', count });
async function start(actor: Actor, picture: string): Promise<string> {
  await grantCredits(db, actor, 2_000n);
  const { token, quoteId } = await ask(actor, picture);
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
}
const run = (id: string) =>
  createRunGeneration(db, { 'signed-http': signedHttpAdapter(platform.signer) })(
    { id },
    { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 },
  );

test('a run from an upload gives its pixels to the model, and names them in parameters that anybody can hash again', async () => {
  const actor = await newPerson();
  const { content, width, height } = await takeUpload(db, actor, await photo());
  const id = await start(actor, content);
  await run(id);
  const row = await db.prisma.generation.findUniqueOrThrow({ where: { id }, include: { work: true } });
  expect(row).toMatchObject({ state: 'captured', parentWorkId: null, parent: `0x${'0'.repeat(64)}` });
  const [input, ...more] = model.calls.at(-1)?.inputs ?? [];
  expect(more).toEqual([]);
  expect(input?.kind === 'image' && rasterContent({ width, height, rgba: input.rgba })).toBe(content);
  // As anybody does it who holds the picture: nothing of ours is taken over.
  const text = paramsText({ width: 2, height: 1, picture: content });
  expect([row.paramsText, row.paramsHash]).toEqual([text, paramsHash(text)]);
  const { seed, promptHash, parent, work } = row;
  const receipt = { version, seed: BigInt(seed), paramsHash: paramsHash(text), promptHash, content: work?.content, parent } as Parameters<
    typeof receiptDigest
  >[2];
  expect(work?.receiptDigest).toBe(receiptDigest(CHAIN_ID, COLLECTION, receipt));
});

test('a picture that is somebody else’s, or nobody’s, starts nothing, whoever knows its content', async () => {
  const [owner, other] = [await newPerson(), await newPerson()];
  const { content } = await takeUpload(db, owner, await plain(41));
  for (const picture of [content, `0x${'ab'.repeat(32)}`]) await expect(ask(other, picture)).rejects.toMatchObject({ code: 'upload_gone' });
  await expect(ask(owner, content)).resolves.toMatchObject({ count: 1 });
});

test('a version that needs a picture is not sold without one', async () => {
  await expect(ask(await newPerson(), '')).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a picture that went after the price was given starts nothing, and holds nothing', async () => {
  const actor = await newPerson();
  const { content } = await takeUpload(db, actor, await plain(42));
  await grantCredits(db, actor, 2_000n);
  const { token } = await ask(actor, content);
  await sweepUploads(db, Date.now() + 48 * 3_600_000);
  await expect(startGenerations(db, actor, { token })).rejects.toMatchObject({ code: 'upload_gone' });
  expect(await getBalance(db, actor)).toMatchObject({ heldMillicredits: '0' });
});

test('whether it is one’s own is asked in the transaction that starts the run', async () => {
  const [owner, other] = [await newPerson(), await newPerson()];
  const { content } = await takeUpload(db, owner, await plain(43));
  await grantCredits(db, owner, 2_000n);
  const { token } = await ask(owner, content);
  await db.pool.query('UPDATE upload SET owner_id = $1 WHERE owner_id = $2', [other.userId, owner.userId]);
  await expect(startGenerations(db, owner, { token })).rejects.toMatchObject({ code: 'upload_gone' });
});

test('sweeping while runs start takes no picture from under one: each either starts and has it, or does not start', async () => {
  const actor = await newPerson();
  await grantCredits(db, actor, 40_000n);
  const shades = Array.from({ length: 12 }, (_, i) => 60 + i);
  const tokens = await Promise.all(shades.map(async (shade) => (await ask(actor, (await takeOne(actor, shade)).content)).token));
  const sweeping = (async () => {
    for (let i = 0; i < 12; i++) await sweepUploads(db, Date.now() + 48 * 3_600_000);
  })();
  const ends = await Promise.allSettled(tokens.map((token) => startGenerations(db, actor, { token })));
  await sweeping;
  const { rows } = await db.pool.query('SELECT 1 FROM generation g LEFT JOIN upload u ON u.id = g.upload_id WHERE g.user_id = $1 AND u.id IS NULL', [
    actor.userId,
  ]);
  expect(rows).toEqual([]);
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'upload_gone' });
});
const takeOne = async (actor: Actor, shade: number) => takeUpload(db, actor, await plain(shade));

test('settings that are used again start from the same upload while it is kept, and from nothing after', async () => {
  const actor = await newPerson();
  const { content } = await takeUpload(db, actor, await plain(44));
  const id = await start(actor, content);
  expect((await getReusableSettings(db, actor, id))?.params).toMatchObject({ picture: content, width: 2 });
  await db.pool.query('SELECT generation_end($1, NULL, $2, $3, NULL)', [id, '{held}', 'cancelled']);
  await sweepUploads(db, Date.now() + 48 * 3_600_000);
  expect((await getReusableSettings(db, actor, id))?.params).toMatchObject({ picture: '' });
});
