// One test for each of the faults that the first designs of this ledger had: each would have cost money or an outage.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { createRandom } from '@/scripts/chaos/random';
import { openPurse } from './accounts';
import { captureHold, releaseHold } from './capture-hold';
import { holdCredits } from './hold-credits';
import { openTestBooks, someone } from './testing/test-books';

const SEED = 4_711;
const books = openTestBooks();
const { pool, owner, give, hold, posted, share, fee } = books;
afterAll(() => books.close());
afterEach(async () => expect(await books.audit()).toEqual([]));

test('a plan made while there were no holds reads only its rows once there are 20,000', async () => {
  const user = someone();
  await give(user, 'onchain', 1_000n);
  const purse = await openPurse(pool, user);
  await owner.query('VACUUM ANALYZE ledger.hold');
  await books.within(async (tx) => {
    const ask = () => tx.query(`SELECT ledger.hold_set($1, $2, $3, '1 min')`, [[newId()], [purse], [1]]);
    const read = `SELECT (coalesce(idx_tup_fetch, 0) + seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables WHERE schemaname = 'ledger' AND relname = 'hold'`;
    const rowsRead = async () => (await tx.query<{ rows: number }>(read)).rows[0]?.rows ?? 0;
    await ask(); // from here on the connection keeps its plan
    await owner.query(
      `INSERT INTO ledger.hold (id, purse_id, amount, state, lots, amounts, expires_at, ended_at)
       SELECT gen_random_uuid(), $1, 5, 'released', ARRAY[1], ARRAY[5], now(), now() FROM generate_series(1, 20_000)`,
      [purse],
    );
    const before = await rowsRead();
    await ask();
    expect((await rowsRead()) - before).toBeLessThan(40);
  });
});

describe('with 20,000 lots and 20,000 holds, a call reads only the rows it is about', () => {
  const MANY = 20_000;
  const user = someone();
  beforeAll(async () => {
    await owner.query(`INSERT INTO ledger.purse (asset, owner) SELECT 1, 'many ' || i FROM generate_series(1, ${MANY}) i`);
    await owner.query(
      `INSERT INTO ledger.account (asset, kind, owner, sub, purse_id, guard, stream)
       SELECT 1, 'collector_onchain', owner, 'lot', id, true, false FROM ledger.purse WHERE owner LIKE 'many %'`,
    );
    await owner.query(
      `INSERT INTO ledger.hold (id, purse_id, amount, state, lots, amounts, expires_at, ended_at)
       SELECT gen_random_uuid(), purse_id, 5, 'released', ARRAY[id], ARRAY[5], now(), now() FROM ledger.account WHERE sub = 'lot'`,
    );
    await owner.query('ANALYZE ledger.purse, ledger.account, ledger.hold');
    for (let i = 0; i < 3; i++) await give(user, 'onchain', 1_000n);
  });

  const counters = `SELECT relname AS table, seq_scan::int AS scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_xact_user_tables
    WHERE schemaname = 'ledger' AND relname IN ('account', 'purse', 'hold') ORDER BY 1`;
  /** Asserts that a call scanned no table as a whole and fetched few rows. The counters also have earlier transactions of the connection in them. */
  const expectFewRows = (sql: string, values: unknown[]) =>
    books.within(async (tx) => {
      const before = (await tx.query<{ table: string; scans: number; rows: number }>(counters)).rows;
      await tx.query(sql, values);
      const after = (await tx.query<{ table: string; scans: number; rows: number }>(counters)).rows;
      expect(after.length).toBe(3);
      for (const [i, { table, scans, rows }] of after.entries()) {
        expect(scans - (before[i]?.scans ?? 0), `scans of ${table}`).toBe(0);
        expect(rows - (before[i]?.rows ?? 0), `rows of ${table}`).toBeLessThan(40);
      }
    });
  const setOf = async (n: number) => Promise.all(Array.from({ length: n }, () => hold(user, 10n)));

  test('to hold', async () => {
    const purse = await openPurse(pool, user);
    await expectFewRows(`SELECT ledger.hold_set($1, $2, $3, '1 min')`, [
      [newId(), newId()],
      [purse, purse],
      [10, 1_500],
    ]);
  });

  test('to capture', async () => {
    const { pending, available } = await share(someone('creator'), 1n);
    const values = [await setOf(2), 'run', [1, 2], [pending, pending], [available, available], [7, 10], ['run_creator', 'run_creator']];
    await expectFewRows('SELECT ledger.capture_set($1, $2, $3, $4, $5, $6, $7::ledger.transfer_code[])', values);
  });

  test('to let go, to renew and to expire', async () => {
    await expectFewRows('SELECT ledger.release_set($1)', [await setOf(2)]);
    const [id] = await setOf(1);
    await expectFewRows(`SELECT ledger.renew_hold($1, '1 hour')`, [id]);
    await hold(user, 1n, { ttlSeconds: 0 });
    await expectFewRows('SELECT ledger.expire_holds()', []);
  });
});

test(`hundreds of calls at the same time on three purses: no row is refused for what it was before its lock, none deadlock (seed ${SEED})`, async () => {
  const users = [someone(), someone(), someone()];
  for (const user of users) for (let i = 0; i < 4; i++) await give(user, i % 2 ? 'purchased' : 'onchain', 500n);
  const [earned, house] = [await share(someone('creator'), 0n), await fee(0n)];
  const worker = async (_: unknown, i: number) => {
    const random = createRandom(SEED, i);
    for (let step = 0; step < 30; step++) {
      const amount = BigInt(random.between(2, 30));
      const id = newId();
      const held = await holdCredits(pool, { id, userId: random.pick(users), amountMillicredits: amount, ttlSeconds: 900 }).catch(
        (error) => error.code,
      );
      if (held === 'insufficient_credits') continue;
      expect(held).toBe('ok');
      if (random.oneIn(2)) expect(await releaseHold(pool, id)).toBe(true);
      else {
        const splits = [
          { ...earned, amountMillicredits: amount - 1n },
          { ...house, amountMillicredits: 1n },
        ];
        expect(await captureHold(pool, { id, splits: random.shuffle(splits) }, 'run')).toBe('ok');
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, worker));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('captures of one call that share lots and receivers are all added up, also where creator and platform are one', async () => {
  const user = someone();
  for (let i = 0; i < 3; i++) await give(user, 'onchain', 100n);
  const house = await fee(0n);
  const mine = await share(someone('creator'), 0n);
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push(await hold(user, 50n));
  const before = await posted(house.available);
  const splits = ids.flatMap((_, i) => [
    { item: i + 1, to: i < 3 ? house.available : mine.available, amount: 40, code: 'run_creator' },
    { item: i + 1, to: house.available, amount: 5, code: 'run_fee' },
    { item: i + 1, to: mine.available, amount: 1, code: 'run_parent' },
  ]);
  await pool.query(`SELECT ledger.capture_set($1, 'run', $2, $3, $3, $4, $5::ledger.transfer_code[])`, [
    ids,
    splits.map(({ item }) => item),
    splits.map(({ to }) => to),
    splits.map(({ amount }) => amount),
    splits.map(({ code }) => code),
  ]);
  expect([(await posted(house.available)) - before, await posted(mine.available)]).toEqual([3 * 40 + 5 * 5, 2 * 40 + 5]);
});

test('nothing in the ledger tells listeners: NOTIFY in every commit costs three commits of four', async () => {
  const { rows: functions } = await owner.query<{ source: string }>(
    `SELECT prosrc AS source FROM pg_proc WHERE pronamespace = 'ledger'::regnamespace`,
  );
  expect(functions.length).toBeGreaterThan(15);
  expect(functions.filter(({ source }) => /notify/i.test(source))).toEqual([]);
  const { rows: triggers } = await owner.query<{ function: string }>(
    `SELECT DISTINCT tgfoid::regproc::text AS function FROM pg_trigger WHERE NOT tgisinternal
      AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'ledger'::regnamespace)`,
  );
  expect(triggers).toEqual([{ function: 'ledger.refuse_change' }]);
});
