import { afterAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { postTransfer } from '@/lib/credits/post-transfer';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { getEarnings } from './get-earnings';
import { lastMatureDay, matureEarnings, maturesOn } from './mature-earnings';
import { requestPayout } from './request-payout';
import { earn, newcomer } from './testing/earn';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const DAYS = 30;
const totals = async (creator: Actor) => {
  const { pendingMillicredits, availableMillicredits } = await getEarnings(db, creator, DAYS);
  return { pending: pendingMillicredits, available: availableMillicredits };
};
const at = (iso: string) => Date.parse(iso);

afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

/** A dispute takes part of a day's pending earnings, or gives it back. */
async function dispute(creator: Actor, day: string, amountMillicredits: bigint, won = false): Promise<void> {
  const pending = await openAccount(db.pool, 'creator_pending', creator.userId, { sub: day });
  const reserve = await openAccount(db.pool, 'dispute_reserve', 'house', { sub: creator.userId });
  const [debit, credit] = won ? [reserve, pending] : [pending, reserve];
  const code = won ? 'dispute_won' : 'dispute_hold';
  expect(await postTransfer(db.pool, { ref: newId(), debit, credit, amountMillicredits, code })).toBe('ok');
}

describe('card earnings', () => {
  test('of a day become available together, once the whole day is old enough', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_000n, paidWith: 'card', day: '2026-10-01' });
    await earn(db, creator, { millicredits: 2_000n, paidWith: 'card', day: '2026-10-01' });
    await earn(db, creator, { millicredits: 5_000n, paidWith: 'card', day: '2026-10-02' });
    await matureEarnings(db, DAYS, at('2026-10-31T23:59:59Z'));
    expect(await totals(creator)).toEqual({ pending: '8000', available: '0' });
    await matureEarnings(db, DAYS, at('2026-11-01T00:00:00Z'));
    expect(await totals(creator)).toEqual({ pending: '5000', available: '3000' });
    expect((await getEarnings(db, creator, DAYS)).maturing).toEqual([{ day: '2026-11-02', millicredits: '5000' }]);
  });

  test('paid from the chain do not wait; those paid with a bonus, which comes with a card payment, do', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_000n, paidWith: 'bonus' });
    await earn(db, creator, { millicredits: 2_000n, paidWith: 'chain' });
    expect(await totals(creator)).toEqual({ pending: '1000', available: '2000' });
  });

  test('move once, however many workers move them at the same moment and after', async () => {
    const creator = await newcomer(db);
    for (let i = 1; i <= 9; i++) await earn(db, creator, { millicredits: 1_000n, paidWith: 'card', day: `2026-09-0${i}` });
    await Promise.all(Array.from({ length: 8 }, () => matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'))));
    expect(await matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'))).toBe(0);
    expect(await totals(creator)).toEqual({ pending: '0', available: '9000' });
  });

  test('that a dispute holds never become available: the day matures with what is left, and cannot be paid out', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_500_000n, paidWith: 'card', day: '2026-08-01' });
    await dispute(creator, '2026-08-01', 1_000_000n);
    await matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'));
    expect(await totals(creator)).toEqual({ pending: '0', available: '500000' });
    const ask = requestPayout(db, creator, { id: newId(), credits: 1_000, rail: 'connect' }, async () => 'acct');
    await expect(ask).rejects.toMatchObject({ code: 'insufficient_earnings' });
  });

  test('that come back after a dispute was won mature in their turn', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 1_500n, paidWith: 'card', day: '2026-08-01' });
    await dispute(creator, '2026-08-01', 1_000n);
    await matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'));
    await dispute(creator, '2026-08-01', 1_000n, true);
    await matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'));
    expect(await totals(creator)).toEqual({ pending: '0', available: '1500' });
  });

  test('and disputes at the same moment leave nothing over and nothing twice', async () => {
    const creator = await newcomer(db);
    await earn(db, creator, { millicredits: 10_000n, paidWith: 'card', day: '2026-07-01' });
    const pending = await openAccount(db.pool, 'creator_pending', creator.userId, { sub: '2026-07-01' });
    const reserve = await openAccount(db.pool, 'dispute_reserve', 'house', { sub: creator.userId });
    const hold = { debit: pending, credit: reserve, amountMillicredits: 4_000n, code: 'dispute_hold' as const };
    const [status] = await Promise.all([
      postTransfer(db.pool, { ref: newId(), ...hold }),
      ...Array.from({ length: 4 }, () => matureEarnings(db, DAYS, at('2026-11-20T00:00:00Z'))),
    ]);
    expect(await totals(creator)).toEqual({ pending: '0', available: status === 'ok' ? '6000' : '10000' });
  });
});

test('the search for due days uses its index and never reads all accounts', async () => {
  const client = await db.pool.connect();
  // The few rows of a test would be read and sorted without it.
  await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT id FROM ledger.account WHERE kind = 'creator_pending' AND sub <= '2026-01-01' ORDER BY sub, id`,
  );
  const again = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT count(*) FROM ledger.transfer WHERE debit_id = 1 AND code = 'matured'`);
  client.release(true);
  expect(again.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('transfer_debit');
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('account_pending_day');
});

test('the day that matures and the day it matures on agree', () => {
  for (const days of [0, 1, 30]) {
    const due = maturesOn('2026-02-27', days);
    expect(lastMatureDay(at(`${due}T00:00:00Z`), days)).toBe('2026-02-27');
    expect(lastMatureDay(at(`${due}T00:00:00Z`) - 1, days)).toBe('2026-02-26');
  }
});
