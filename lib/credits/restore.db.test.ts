import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '@/lib/db';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { captureHold, releaseHold } from './capture-hold';
import { openTestBooks, someone } from './testing/test-books';

// An earlier design told new credits of a stream from those already added up by transaction ids, which a restored database counts anew.
const books = openTestBooks();
const { give, hold, capture, share, fee } = books;
let restored: TestDatabase;
beforeAll(async () => {
  restored = await createTestDatabase();
});
afterAll(async () => {
  await books.close();
  await restored.drop();
});

/** What a dump and a restore do: every row goes into new tables, under new transactions. */
async function restore(): Promise<void> {
  const to = openDatabase(restored.ownerUrl);
  for (const table of ['purse', 'account', 'transfer', 'entry', 'credit_delta', 'hold', 'spending_stop']) {
    const { rows } = await books.owner.query<{ all: string }>(`SELECT coalesce(jsonb_agg(t), '[]')::text AS all FROM ledger.${table} t`);
    await to.pool.query(`INSERT INTO ledger.${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::ledger.${table}, $1)`, [
      rows[0]?.all,
    ]);
  }
  for (const table of ['purse', 'account']) {
    await to.pool.query(`SELECT setval(pg_get_serial_sequence('ledger.${table}', 'id'), (SELECT max(id) FROM ledger.${table}))`);
  }
  await to.close();
}

test('a restored ledger has the same balances, added up or not, and goes on from there', async () => {
  const [user, creator] = [someone(), someone('creator')];
  await give(user, 'purchased', 500n);
  await give(user, 'onchain', 500n);
  const [earned, house] = [await share(creator, 90n), await fee(10n)];
  const run = async () => capture(await hold(user, 100n), earned, house);
  const accounts = [earned.pending, earned.available, house.available];
  for (let i = 0; i < 3; i++) await run();
  for (const account of accounts) await books.pool.query('SELECT ledger.roll_up($1)', [account]);
  for (let i = 0; i < 3; i++) await run();
  const [kept, open] = [await hold(user, 50n), await hold(user, 50n)];
  await restore();

  const { pool, close } = openDatabase(restored.url);
  const balances = async (of: { query: typeof pool.query }) =>
    (await of.query('SELECT b.* FROM unnest($1::bigint[]) a, ledger.balance(a) b', [accounts])).rows;
  expect(await balances(pool)).toEqual(await balances(books.pool));
  for (const sql of [pool, books.pool]) {
    await captureHold(sql, { id: kept, splits: [{ ...earned, amountMillicredits: 50n }] }, 'run');
    await releaseHold(sql, open);
    for (const account of accounts) await sql.query('SELECT ledger.roll_up($1)', [account]);
  }
  expect(await balances(pool)).toEqual(await balances(books.pool));
  expect((await pool.query('SELECT * FROM ledger.audit')).rows).toEqual([]);
  await close();
});
