import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { env } from '@/lib/env';
import { newId } from '@/lib/ids';
import { seedPerson } from '@/prisma/seed/people';
import { seedTestModel } from '@/prisma/seed/test-model';
import { getModelUsage, getUsage, listUsageLines } from './get-usage';
import { readUsageSpan } from './usage-span';

const db = openDatabase(env.DATABASE_URL);
const HOUR = 3_600_000;
const now = Math.floor(Date.now() / HOUR) * HOUR;
let creator: Actor;
let digest: string;
let deployment: string;
let holder: Actor;

beforeAll(async () => {
  creator = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
  digest = (await seedTestModel(db, creator)).digest;
  deployment = (await db.prisma.deployment.findFirstOrThrow({ where: { versionDigest: digest } })).id;
});
beforeEach(async () => {
  holder = await seedPerson(db, `0x${randomBytes(20).toString('hex')}`);
});
afterAll(() => db.close());

type Told = { at?: number; ms?: number; status?: number; code?: string | null; model?: string | null; quote?: string | null };
const call = ({ at = now, ms = 10, status = 200, code = null, model = 'proof', quote = null }: Told = {}) => ({
  ...{
    id: newId(),
    at: new Date(at).toISOString(),
    user: holder.userId,
    key: null,
    door: 'signature',
    route: 'POST /x',
    model,
    quote,
    millicredits: '0',
  },
  ...{ status, code, ms },
});
const record = (calls: object[]) => db.pool.query('SELECT gateway_record($1)', [JSON.stringify(calls)]);
const sum = () => db.pool.query('SELECT usage_sum_runs()');
const usage = (days = '1') => getUsage(db, holder, readUsageSpan(days));

async function run(
  at: number,
  state: 'captured' | 'failed' | 'held',
  quote: string,
  ended: number | null = at,
  payment: string | null = null,
): Promise<string> {
  const id = newId();
  await db.pool.query(
    `INSERT INTO generation (id, quote_id, ordinal, user_id, version_digest, deployment_id, state, prompt, prompt_salt, prompt_hash, seed, params_text,
       params_hash, parent, price_millicredits, fee_millicredits, creator_id, mint_price_wei, deadline_at, created_at, ended_at, x402_payment_id)
     VALUES ($1, $2, 0, $3, $4, $5, $6, '', '', '', '0', '{}', '', '', 2000, 0, $7, 0, now(), $8, $9, $10)`,
    [id, quote, holder.userId, digest, deployment, state, creator.userId, new Date(at), ended === null ? null : new Date(ended), payment],
  );
  return id;
}
/** Of a hundred numbers the one that a share of them is not above, exactly. */
const exact = (all: number[], share: number) => all.toSorted((a, b) => a - b)[Math.ceil(share * all.length) - 1] ?? 0;

test('calls that come twice are counted once, and late ones in their own hour', async () => {
  const calls = [call(), call({ status: 402, code: 'cap_reached' }), call({ at: now - 5 * HOUR })];
  await record(calls);
  await record([...calls, call({ at: now - 5 * HOUR })]);
  const { total, buckets, errors } = await usage();
  expect(total).toMatchObject({ calls: 4, errors: 1 });
  expect(buckets.filter(({ calls: some }) => some > 0).map(({ id, calls: some }) => [id, some])).toEqual([
    [new Date(now - 5 * HOUR).toISOString(), 2],
    [new Date(now).toISOString(), 2],
  ]);
  expect(errors).toEqual([{ code: 'cap_reached', calls: 1 }]);
});

test('by the day and by the hour the same is counted, and as many as there are rows', async () => {
  const calls = Array.from({ length: 500 }, (_, i) => call({ at: now - (i % 20) * HOUR, ms: i, model: i % 3 ? 'proof' : null }));
  await Promise.all([record(calls.slice(0, 300)), record(calls.slice(200)), record(calls.slice(100, 400))]);
  expect((await usage()).total.calls).toBe(500);
  expect((await usage('7')).total).toMatchObject({ ...(await usage()).total });
  expect((await usage('7')).byModel).toMatchObject([{ id: 'proof', calls: calls.filter(({ model }) => model).length }]);
  expect((await listUsageLines(db, holder, readUsageSpan('30'))).reduce((all, line) => all + line.calls, 0)).toBe(500);
});

test.each([
  ['even', () => Math.floor(Math.random() * 1000)],
  ['with a long tail', () => Math.floor(5 * (1 / (1 - Math.random())) ** 1.5)],
  ['all the same', () => 1234],
  ['no time at all', () => 0],
])('p50 and p95 of calls whose times are %s are within five in a hundred of the exact ones', async (_name, ms) => {
  const times = Array.from({ length: 400 }, ms);
  await record(times.map((each) => call({ ms: Math.min(each, 600_000) })));
  const { total } = await usage();
  for (const [told, share] of [
    [total.p50Ms, 0.5],
    [total.p95Ms, 0.95],
  ] as const) {
    const wanted = Math.min(exact(times, share), 600_000);
    expect(Math.abs((told ?? Number.NaN) - wanted)).toBeLessThanOrEqual(Math.max(1, wanted * 0.05 + 0.5));
  }
});

test('a run is counted once: while it goes on, after it has ended, and after its hour is summed', async () => {
  const [early, late] = [newId(), newId()];
  await record([call({ quote: early, at: now - 4 * HOUR }), call({ quote: early }), call({ quote: late })]);
  await run(now - 4 * HOUR, 'captured', early);
  const open = await run(now - 3 * HOUR, 'held', late, null);
  const counted = { runs: 2, delivered: 1, millicredits: '2000' };
  expect((await usage()).total).toMatchObject(counted);
  await sum();
  // The open run's hour is not over, and the one before it is.
  expect((await db.pool.query(`SELECT until FROM usage_summed WHERE side = 'holder'`)).rows[0].until).toEqual(new Date(now - 3 * HOUR));
  expect((await usage()).total).toMatchObject(counted);
  await db.pool.query(`UPDATE generation SET state = 'failed', ended_at = now() WHERE id = $1`, [open]);
  await Promise.all([sum(), sum()]);
  await sum();
  for (const days of ['1', '7']) expect((await usage(days)).total).toMatchObject(counted);
  expect((await usage()).byDoor).toMatchObject([{ id: 'signature', calls: 3, runs: 2 }]);
  expect((await db.pool.query(`SELECT sum(runs)::int AS runs FROM usage_runs WHERE who = $1 AND grain = 'hour'`, [holder.userId])).rows[0].runs).toBe(
    2,
  );
});

test('a run that is committed after its hour was summed is counted with the next', async () => {
  await sum();
  await db.pool.query(`UPDATE usage_summed SET until = until - interval '1 hour'`);
  const quote = newId();
  await record([call({ quote })]);
  await run(now - 2 * HOUR, 'captured', quote);
  await sum();
  expect((await usage()).total).toMatchObject({ runs: 1, delivered: 1 });
  expect((await getModelUsage(db, creator, 'proof', readUsageSpan('1'))).total.runs).toBeGreaterThan(0);
});

test('a run that was paid by its call is told as that, though the call was never written down', async () => {
  const [quote, payment] = [newId(), newId()];
  await db.pool.query(
    `INSERT INTO x402_payment (id, user_id, chain_id, asset, payer, nonce, pay_to, amount, valid_before, payload, requirements, request_digest, from_block)
     VALUES ($1, $2, 1, $3, $3, $4, $3, 1, now(), '{}', '{}', '', 0)`,
    [payment, holder.userId, `0x${'a'.repeat(40)}`, `0x${randomBytes(32).toString('hex')}`],
  );
  await run(now - 2 * HOUR, 'captured', quote, now - 2 * HOUR, payment);
  await db.pool.query(`UPDATE usage_summed SET until = 'epoch'`);
  const told = [{ id: 'x402', name: 'Paid by the call', calls: 0, runs: 1, delivered: 1 }];
  expect((await usage()).byDoor).toMatchObject(told);
  const byDoor = (await getModelUsage(db, creator, 'proof', readUsageSpan('1'))).byDoor.find((door) => door.id === 'x402');
  expect(byDoor).toMatchObject({ runs: 1 });
  await sum();
  expect((await usage()).byDoor).toMatchObject(told);
});

test('a day is whole where nobody summed for longer than its hours are kept', async () => {
  const day = Math.floor(now / (24 * HOUR)) * 24 * HOUR - 10 * 24 * HOUR;
  for (const hour of [3, 16]) {
    const quote = newId();
    await record([call({ quote, at: day + hour * HOUR })]);
    await run(day + hour * HOUR, 'captured', quote);
  }
  await db.pool.query('UPDATE usage_summed SET until = $1', [new Date(day + 15 * HOUR)]);
  await db.pool.query(`DELETE FROM usage_runs WHERE grain = 'hour' AND at < now() - interval '8 days'`);
  await sum();
  expect((await usage('30')).total).toMatchObject({ runs: 2, delivered: 2 });
});
