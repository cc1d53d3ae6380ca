import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureHold, releaseHold } from './capture-hold';
import { openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
const tables = ['purse', 'account', 'transfer', 'entry', 'credit_delta', 'hold', 'spending_stop'];
let captured: string;
let released: string;
let open: string;
beforeAll(async () => {
  const user = someone();
  await books.give(user, 'onchain', 100n);
  [captured, released, open] = [await books.hold(user, 10n), await books.hold(user, 10n), await books.hold(user, 10n)];
  await captureHold(books.pool, { id: captured, splits: [await books.fee(10n)] }, 'run');
  await releaseHold(books.pool, released);
});
afterAll(() => books.close());

describe('the app’s role', () => {
  test.each(tables)('can read %s, and nothing else', async (table) => {
    await books.pool.query(`SELECT * FROM ledger.${table} LIMIT 1`);
    const { rows } = await books.pool.query<{ column: string }>(
      `SELECT column_name AS column FROM information_schema.columns WHERE table_schema = 'ledger' AND table_name = $1 AND is_identity = 'NO' LIMIT 1`,
      [table],
    );
    const column = rows[0]?.column;
    const statements = [
      `INSERT INTO ledger.${table} DEFAULT VALUES`,
      `UPDATE ledger.${table} SET ${column} = ${column}`,
      `DELETE FROM ledger.${table}`,
    ];
    for (const sql of [...statements, `TRUNCATE ledger.${table}`]) await expect(books.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('cannot write a line of a statement, change a function or a trigger, or become the owner', async () => {
    const statements = [
      `SELECT ledger.write_entry(1, gen_random_uuid(), 'grant', 1000000)`,
      'ALTER FUNCTION ledger.roll_up SECURITY INVOKER',
      'DROP TRIGGER transfer_append_only ON ledger.transfer',
      'ALTER TABLE ledger.account DROP CONSTRAINT no_overdraft',
      'CREATE TABLE ledger.own (id int)',
      'SET ROLE intaglio_owner',
      `SET session_replication_role = 'replica'`,
    ];
    for (const sql of statements) await expect(books.pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('is the only one beside the owner that may execute the functions', async () => {
    const { rows } = await books.pool.query<{ name: string; grantees: string[] }>(
      `SELECT p.proname AS name, array_agg(DISTINCT x.grantee::regrole::text) AS grantees FROM pg_proc p, aclexplode(p.proacl) x
        WHERE p.pronamespace = 'ledger'::regnamespace AND p.proname <> 'refuse_change' GROUP BY p.oid, p.proname ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name, grantees } of rows) {
      expect(grantees.sort(), name).toEqual(name === 'write_entry' ? ['intaglio_owner'] : ['intaglio_app', 'intaglio_owner']);
    }
  });

  test('runs every function as the owner with a search path of its own, so that nobody can slip in a table', async () => {
    const { rows } = await books.pool.query<{ name: string }>(
      `SELECT proname AS name FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace AND prosecdef
          AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=ledger, pg_temp']`,
    );
    expect(rows).toEqual([]);
  });
});

describe('even the owner', () => {
  test.each(['transfer', 'entry'])('can add to %s and never change it', async (table) => {
    for (const sql of [`UPDATE ledger.${table} SET at = at`, `DELETE FROM ledger.${table}`, `TRUNCATE ledger.${table}`]) {
      await expect(books.owner.query(sql)).rejects.toMatchObject({ code: 'LG900' });
    }
  });

  test('cannot open a hold again, change what it holds, or delete it', async () => {
    for (const id of [captured, released]) {
      await expect(books.owner.query(`UPDATE ledger.hold SET state = 'open' WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'LG900' });
      await expect(books.owner.query(`UPDATE ledger.hold SET expires_at = expires_at WHERE id = $1`, [id])).rejects.toMatchObject({ code: 'LG900' });
    }
    for (const change of ['amount = amount + 1', 'purse_id = purse_id + 1', `lots = '{}'`, `expires_at = now()`, 'captured = 1']) {
      await expect(books.owner.query(`UPDATE ledger.hold SET ${change} WHERE id = $1`, [open])).rejects.toMatchObject({ code: /LG900|23514/ });
    }
    for (const sql of ['DELETE FROM ledger.hold', 'TRUNCATE ledger.hold'])
      await expect(books.owner.query(sql)).rejects.toMatchObject({ code: 'LG900' });
  });

  test('cannot take an account below zero, or a capture above its hold', async () => {
    await expect(books.owner.query(`UPDATE ledger.account SET debits_posted = debits_posted + 1000 WHERE guard`)).rejects.toMatchObject({
      code: '23514',
    });
    await expect(books.owner.query(`UPDATE ledger.purse SET balance = -1`)).rejects.toMatchObject({ code: '23514' });
    await expect(books.owner.query(`UPDATE ledger.hold SET state = 'captured', captured = 11 WHERE id = $1`, [open])).rejects.toMatchObject({
      code: '23514',
    });
    expect(await books.audit()).toEqual([]);
  });
});
