import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import type { RunRequest } from '@/lib/inference/adapter';
import { decodeRaster } from '@/lib/inference/check-output';
import { localAdapter } from '@/lib/inference/local-adapter';
import { rasterContent } from '@/lib/protocol/content';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { pixelsOf, seedTestModel, testManifest } from '@/prisma/seed/test-model';
import { listGenerations } from './queries';
import { quote } from './quote';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
const asked: RunRequest[] = [];
const noting = localAdapter(async (request) => {
  asked.push(request);
  return { output: pixelsOf(request.seed), seedReported: request.seed };
});
let [first, second] = ['0x', '0x'] as [Hex, Hex];
let maker: Actor;
let remixer: Actor;

beforeAll(async () => {
  [maker, remixer] = [await newPerson(), await newPerson()];
  first = (await seedTestModel(db, maker, { slug: 'first', manifest: { name: 'First', derivativeShareBps: 1500 } })).digest;
  const { parameters } = testManifest(remixer.address);
  const picture = { type: 'string', title: 'Start from', default: '', contentMediaType: 'image/png' };
  const withPicture = { ...parameters, properties: { ...(parameters.properties as object), picture } };
  second = (await seedTestModel(db, remixer, { slug: 'second', manifest: { name: 'Second', parameters: withPicture } })).digest;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  await db.close();
});

async function make(actor: Actor, version: Hex, parentWorkId: string | null = null): Promise<string> {
  await grantCredits(db, actor, 2_000n);
  const { token, quoteId } = await quote(db, actor, { version, prompt: 'a start', params: {}, seed: null, count: 1, parentWorkId });
  await startGenerations(db, actor, { token });
  const id = (await listGenerations(db, actor, { quoteId }))[0]?.id ?? '';
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: noting })({ id }, context);
  await db.pool.query('UPDATE work SET sealed_at = now() WHERE id = $1', [id]);
  return id;
}
const earned = async ({ userId }: Actor) => {
  const day = new Date().toISOString().slice(0, 10);
  const pending = await balanceOf(db.pool, await openAccount(db.pool, 'creator_pending', userId, { sub: day }));
  return pending.posted + (await balanceOf(db.pool, await openAccount(db.pool, 'creator_available', userId))).posted;
};

test('a remix names its parent in the receipt, gives the picture to the endpoint, and pays the parent’s creator their share', async () => {
  const collector = await newPerson();
  const parent = await make(collector, first);
  const before = [await earned(maker), await earned(remixer)];
  const child = await make(collector, second, parent);
  const parentWork = await db.prisma.work.findUniqueOrThrow({ where: { id: parent } });
  const run = await db.prisma.generation.findUniqueOrThrow({ where: { id: child } });
  expect(run).toMatchObject({ state: 'captured', parent: parentWork.receiptDigest, parentWorkId: parent, parentMillicredits: 300n });
  expect(JSON.parse(run.paramsText)).toMatchObject({ picture: parentWork.content });
  const [input] = asked.at(-1)?.inputs ?? [];
  const png = input?.kind === 'image' ? input.png : new Uint8Array();
  expect([input?.content, rasterContent(await decodeRaster(png))]).toEqual([parentWork.content, parentWork.content]);
  // The endpoint gets the picture, and not its digest as a setting it may not know.
  expect(asked.at(-1)?.params).toEqual({ width: 2, height: 2 });
  // Of 2,000: 200 to the house, 300 (15 %) to the maker, the rest to the remixer's model.
  expect([(await earned(maker)) - (before[0] ?? 0n), (await earned(remixer)) - (before[1] ?? 0n)]).toEqual([300n, 1_500n]);
});

test('nobody starts from a work by naming its picture in the settings', async () => {
  const collector = await newPerson();
  const secret = await make(await newPerson(), first);
  const { content } = await db.prisma.work.findUniqueOrThrow({ where: { id: secret } });
  const ask = (picture: string) => quote(db, collector, { version: second, prompt: 'x', params: { picture }, seed: null, count: 1 });
  await expect(ask(content)).rejects.toMatchObject({ code: 'upload_gone' });
  await grantCredits(db, collector, 2_000n);
  const { token, quoteId } = await ask('');
  await startGenerations(db, collector, { token });
  const [run] = await db.prisma.generation.findMany({ where: { quoteId } });
  expect([run?.parentWorkId, JSON.parse(run?.paramsText ?? '{}').picture]).toEqual([null, '']);
});

test('somebody else’s private work cannot be started from, a shared one can, and one under a licence without derivatives cannot', async () => {
  const [owner, other] = [await newPerson(), await newPerson()];
  const work = await make(owner, first);
  const ask = (parentWorkId: string) => quote(db, other, { version: second, prompt: 'x', params: {}, seed: null, count: 1, parentWorkId });
  await expect(ask(work)).rejects.toMatchObject({ code: 'not_found' });
  await db.pool.query('UPDATE work SET shared_at = now() WHERE id = $1', [work]);
  await expect(ask(work)).resolves.toMatchObject({ count: 1 });
  const strict = (await seedTestModel(db, maker, { slug: 'strict', manifest: { name: 'Strict', licence: 'CC-BY-ND-4.0' } })).digest;
  const closed = await make(other, strict);
  await expect(ask(closed)).rejects.toMatchObject({ code: 'licence_conflict' });
});
