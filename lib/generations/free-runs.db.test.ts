import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { localAdapter } from '@/lib/inference/local-adapter';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { listGenerations } from './queries';
import { quote } from './quote';
import { createRunGeneration } from './run-generation';
import { startGenerations } from './start-generations';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let creator: Actor;
let version: Hex;

beforeAll(async () => {
  creator = await newPerson();
  version = (await seedTestModel(db, creator)).digest;
  await db.prisma.price.updateMany({ where: { versionDigest: version }, data: { trialRuns: 3, baseMillicredits: 500n } });
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  await db.close();
});

const settings = (count: number) => ({ version, prompt: 'a try', params: {}, seed: null, count });
async function start(actor: Actor, count: number): Promise<string[]> {
  const { token, quoteId } = await quote(db, actor, settings(count));
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId })).map(({ id }) => id);
}
const run = (id: string, adapter = seedPixels) =>
  createRunGeneration(db, { test: adapter })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
const statesOf = async (ids: string[]) => (await db.prisma.generation.findMany({ where: { id: { in: ids } } })).map(({ state }) => state);

test('a person’s first runs of a model cost nothing and hold nothing; the next are paid, the base with the first of them', async () => {
  const actor = await newPerson();
  const free = await start(actor, 2);
  expect((await getBalance(db, actor)).heldMillicredits).toBe('0');
  for (const id of free) await run(id);
  expect(await statesOf(free)).toEqual(['captured', 'captured']);
  expect(await db.prisma.work.count({ where: { ownerId: actor.userId } })).toBe(2);
  await grantCredits(db, actor, 10_000n);
  const { totalMillicredits } = await quote(db, actor, settings(3));
  expect(totalMillicredits).toBe('4500');
  const mixed = await start(actor, 3);
  expect((await getBalance(db, actor)).heldMillicredits).toBe('4500');
  for (const id of mixed) await run(id);
  expect((await getBalance(db, actor)).availableMillicredits).toBe('5500');
});

test('one that fails is given back: it can be had again', async () => {
  const actor = await newPerson();
  const failed = await start(actor, 3);
  for (const id of failed)
    await run(
      id,
      localAdapter(() => Promise.resolve({ output: { kind: 'text', text: 'no picture' } })),
    );
  expect(await statesOf(failed)).toEqual(['failed', 'failed', 'failed']);
  expect((await quote(db, actor, settings(3))).totalMillicredits).toBe('0');
});

test('twenty orders of free runs at the same moment give what was free, and no more', async () => {
  const actor = await newPerson();
  const quotes = await Promise.all(Array.from({ length: 20 }, () => quote(db, actor, settings(1))));
  const tries = await Promise.allSettled(quotes.map(({ token }) => startGenerations(db, actor, { token })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(tries.flatMap((t) => (t.status === 'rejected' ? [t.reason.code] : []))).toEqual(Array(17).fill('no_free_runs'));
  const [first] = quotes;
  const again = await Promise.allSettled(Array.from({ length: 5 }, () => startGenerations(db, actor, { token: first?.token ?? '' })));
  expect(await db.prisma.generation.count({ where: { userId: actor.userId } })).toBe(3);
  expect(again.some((t) => t.status === 'fulfilled' && t.value.started)).toBe(false);
});

test('a draft runs for its creator alone, for nothing', async () => {
  const draft = await seedTestModel(db, creator, { slug: 'draft', manifest: { name: 'Draft' } });
  await db.pool.query(`UPDATE model_version SET published_at = NULL WHERE digest = $1`, [draft.digest]);
  const input = { ...settings(1), version: draft.digest };
  await expect(quote(db, await newPerson(), input)).rejects.toMatchObject({ code: 'model_unavailable' });
  const { token, quoteId, totalMillicredits } = await quote(db, creator, input);
  await startGenerations(db, creator, { token });
  const [started] = await listGenerations(db, creator, { quoteId });
  await run(started?.id ?? '');
  expect([totalMillicredits, await statesOf([started?.id ?? ''])]).toEqual(['0', ['captured']]);
});
