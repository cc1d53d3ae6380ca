import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { cancelGeneration } from '@/lib/generations/cancel-generation';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { passWorld } from '@/lib/generations/testing/pass-world';
import { localAdapter } from '@/lib/inference/local-adapter';
import { getIncludedRuns } from '@/lib/passes/included-runs';
import { refundUnsealed } from '@/lib/works/refund-unsealed';
import { seedPerson } from '@/prisma/seed/people';
import { seedPixels, seedTestModel } from '@/prisma/seed/test-model';
import { runOne } from './testing/run-one';
import { checkPassRuns } from './works/check-pass-runs';
import { checkRefunds } from './works/check-refunds';

const world = passWorld();
vi.mock('@/lib/passes/check-access', () => ({
  requireAccess: (...args: Parameters<typeof world.requireAccess>) => world.requireAccess(...args),
}));

const db = openDatabase(process.env.DATABASE_URL ?? '', 20);
const owner = openDatabase(process.env.DATABASE_OWNER_URL ?? '');
const newPerson = () => seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
let version: Hex;

beforeAll(async () => {
  version = (await seedTestModel(db, await newPerson())).digest;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  expect((await db.pool.query('SELECT * FROM run_audit')).rows).toEqual([]);
  for (const check of [checkPassRuns, checkRefunds]) expect((await runOne(db, check)).filter(({ kind }) => kind !== 'too_many_runs')).toEqual([]);
  await Promise.all([db.close(), owner.close()]);
});

async function start(actor: Actor, passId: string, count = 1): Promise<string[]> {
  const { token, quoteId } = await quote(db, actor, { version, prompt: 'late', params: {}, seed: null, count, passId });
  await startGenerations(db, actor, { token });
  return (await listGenerations(db, actor, { quoteId })).map(({ id }) => id);
}
const failing = localAdapter(() => Promise.resolve({ output: { kind: 'text', text: 'no picture' } }));
const run = (id = '', adapter = seedPixels) =>
  createRunGeneration(db, { test: adapter })({ id }, { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 });
const grantOf = (passId: string) => {
  const grant = world.grants.get(passId);
  if (!grant) throw new Error('no such pass');
  return grant;
};
const runsOf = (passId: string) => getIncludedRuns(db.pool, grantOf(passId));
/** The period is over, what was left of it is gone, and the next has begun. */
async function periodEnds(passId: string) {
  await owner.pool.query(`UPDATE ledger.account SET expires_at = now() WHERE owner = $1 AND expires_at > now()`, [passId]);
  // Runs before this ended in it, and those after it do not: times are kept to the millisecond.
  await db.pool.query('SELECT pg_sleep(0.01)');
  await db.pool.query('SELECT ledger.expire_lots()');
  const grant = grantOf(passId);
  world.grants.set(passId, { ...grant, period: grant.period + 1, periodEndsAt: new Date(Date.now() + 48 * 3_600_000) });
}
const expireDays = () => owner.pool.query(`UPDATE ledger.account SET expires_at = now() - interval '1 second' WHERE sub LIKE 'back %'`);

test('a run that fails, or runs out of time, when its period is over is to be had for a day more, by whoever has the pass; one that is cancelled is not', async () => {
  const [giver, taker] = [await newPerson(), await newPerson()];
  const passId = world.newPass(giver, { includedRuns: 3 });
  const [failed, late, cancelled = ''] = await start(giver, passId, 3);
  await periodEnds(passId);
  expect(await runsOf(passId)).toMatchObject({ total: 3, held: 0, left: 3 });
  await run(failed, failing);
  await db.pool.query(`UPDATE generation SET deadline_at = now() - interval '1 second' WHERE id = $1`, [late]);
  await db.pool.query('SELECT generation_sweep()');
  await cancelGeneration(db, giver, { id: cancelled });
  await db.pool.query('SELECT ledger.expire_lots()');
  expect(await runsOf(passId)).toMatchObject({ total: 5, used: 0, held: 0, left: 5 });
  world.give(passId, taker);
  const quoted = await quote(db, taker, { version, prompt: 'late', params: {}, seed: null, count: 6, passId });
  expect(quoted).toMatchObject({ totalMillicredits: '2000', pass: { runs: 5, left: 5 } });
  for (const id of await start(taker, passId, 4)) await run(id);
  // The day's runs went first.
  expect(await runsOf(passId)).toMatchObject({ total: 3, used: 2, left: 1 });
});

test('one that fails again after its day is given again; what nobody used in its day goes back to the house', async () => {
  const actor = await newPerson();
  const passId = world.newPass(actor, { includedRuns: 1 });
  const [first] = await start(actor, passId);
  await periodEnds(passId);
  await run(first, failing);
  const [second] = await start(actor, passId);
  await expireDays();
  expect(await runsOf(passId)).toMatchObject({ total: 1, left: 1 });
  await run(second, failing);
  expect(await runsOf(passId)).toMatchObject({ total: 2, left: 2 });
  await expireDays();
  await db.pool.query('SELECT ledger.expire_lots()');
  expect(await runsOf(passId)).toMatchObject({ total: 1, left: 1 });
});

test('a work that could not be sealed when the period is over gives its run back for a day, once', async () => {
  const actor = await newPerson();
  const passId = world.newPass(actor, { includedRuns: 2 });
  const [unsealed] = await start(actor, passId);
  await run(unsealed);
  await periodEnds(passId);
  await db.pool.query(`UPDATE work SET captured_at = now() - interval '2 hours' WHERE id = $1`, [unsealed]);
  await Promise.all([refundUnsealed(db), refundUnsealed(db)]);
  await db.pool.query('SELECT ledger.expire_lots()');
  expect(await runsOf(passId)).toMatchObject({ total: 3, used: 0, left: 3 });
});

test('forty that fail at the same moment, beside starts and the sweeper of lots, wait for each other in no circle', async () => {
  const actor = await newPerson();
  const passes = Array.from({ length: 8 }, () => world.newPass(actor, { includedRuns: 5 }));
  const ids = (await Promise.all(passes.map((passId) => start(actor, passId, 5)))).flat();
  for (const passId of passes) await periodEnds(passId);
  const tries = await Promise.allSettled([
    ...ids.map((id) => db.pool.query(`SELECT generation_end($1, NULL, '{held}', 'failed', 'endpoint_down')`, [id])),
    ...passes.map((passId) => start(actor, passId, 1)),
    ...passes.map(() => db.pool.query('SELECT ledger.expire_lots()')),
  ]);
  expect(tries.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
  for (const passId of passes) expect(await runsOf(passId)).toMatchObject({ total: 10, held: 1, left: 9 });
});
