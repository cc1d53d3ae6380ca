import { afterAll, expect, test } from 'vitest';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { type Bucket, openAccount } from './accounts';
import { captureHold } from './capture-hold';
import { holdCredits } from './hold-credits';
import { auditBooks } from './queries';
import { takeBack } from './take-back';

const db = openDatabase(process.env.DATABASE_URL ?? '');
afterAll(() => db.close());

const MANY = 8_000;
const EACH = 10n;
const AT_ONCE = 500;

test('what many lots cost to hold and to capture grows with their number, not with its square', async () => {
  const userId = newId();
  const till = await openAccount(db.pool, 'till_clearing', 'house');
  for (let made = 0; made < MANY; made += AT_ONCE) {
    await db.pool.query(
      `SELECT ledger.post(gen_random_uuid(), 0, $1, ledger.open_account('collector_onchain', $2, n::text), $3, 'deposit') FROM generate_series($4::int, $5::int) n`,
      [till, userId, EACH, made + 1, made + AT_ONCE],
    );
  }
  const [id, amountMillicredits] = [newId(), BigInt(MANY) * EACH];
  const fee = await openAccount(db.pool, 'platform_fee', 'house');
  const startedAt = performance.now();
  await holdCredits(db.pool, { id, userId, amountMillicredits, ttlSeconds: 900 });
  await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits, code: 'run_fee' }] }, 'run');
  // It takes half a second, and took fifteen.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await auditBooks(db)).toEqual([]);
});

test('a debt stands beside the thousand lots that could not cover it', async () => {
  const userId = newId();
  const till = await openAccount(db.pool, 'till_clearing', 'house');
  await db.pool.query(
    `SELECT ledger.post(gen_random_uuid(), 0, $1, ledger.open_account('collector_onchain', $2, n::text), $3, 'deposit') FROM generate_series(1, 1001) n`,
    [till, userId, EACH],
  );
  const take = {
    ref: newId(),
    userId,
    buckets: ['onchain'] as Bucket[],
    credit: till,
    amountMillicredits: 1_002n * EACH,
    code: 'deposit_reversal' as const,
  };
  const both = { takenMillicredits: 1_001n * EACH, owedMillicredits: EACH };
  expect(await inTransaction(db.pool, (tx) => takeBack(tx, take))).toEqual(both);
  expect(await inTransaction(db.pool, (tx) => takeBack(tx, take))).toEqual(both);
});
