import { randomInt } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { ASSET, openAccount, openPurse, type Sql } from './accounts';
import { derivedRef } from './derived-ref';
import { openTestBooks, someone } from './testing/test-books';

const OPERATIONS = 6_000;
const AT_ONCE = 16;
const books = openTestBooks();
afterAll(() => books.close());

const pick = <T>(of: readonly T[]): T => of[randomInt(of.length)] as T;

/** A few passes, with periods that end while the test goes on and one that does not, and people with credits. */
async function world() {
  const passes = Array.from({ length: 3 }, () => someone('pass'));
  const people = Array.from({ length: 3 }, () => someone());
  for (const person of people) for (let i = 0; i < 3; i++) await books.give(person, 'onchain', 100_000n);
  const ends = [400, 1_200, 3_600_000].map((ms) => new Date(Date.now() + ms));
  const purses = new Map<string, bigint>();
  for (const pass of passes) purses.set(pass, await openPurse(books.pool, pass, ASSET.runs));
  for (const person of people) purses.set(person, await openPurse(books.pool, person));
  return { passes, people, ends, purses, used: await openAccount(books.pool, 'runs_used', 'house', { asset: ASSET.runs }) };
}

test('two who open a period with terms of before and after they grew give it the most of them, once', async () => {
  const pass = someone('pass');
  const give = (sql: Sql, total: number) =>
    sql.query('SELECT ledger.open_period($1, $2, $3, $4, $5)', [pass, '0', total, new Date(Date.now() + 60_000), ref]);
  const ref = newId();
  await give(books.pool, 1);
  let later: Promise<unknown> = Promise.resolve();
  await books.within(async (tx) => {
    await give(tx, 2);
    later = give(books.pool, 5);
    await books.untilSomeoneWaits();
  });
  await later;
  await give(books.pool, 4);
  const { rows } = await books.pool.query('SELECT amount::int FROM ledger.transfer WHERE ref = $1 ORDER BY leg', [ref]);
  expect(rows.map(({ amount }) => amount)).toEqual([1, 1, 3]);
});

test(`${OPERATIONS} operations at the same time, with holds of both kinds in one call, keep every period whole and wait for no other in a circle`, async () => {
  const { passes, people, ends, purses, used } = await world();
  const earned = await openAccount(books.pool, 'creator_available', someone('creator'));
  const asked = new Map<string, number>();
  const open: { run: string; credits: string }[] = [];
  const counts = { open: 0, hold: 0, capture: 0, release: 0, expire: 0, refused: 0 };

  async function openPeriod() {
    // Terms that keep growing, also of a period that is over: what gives meets what takes back.
    const [pass, period, total] = [pick(passes), randomInt(ends.length), 1 + randomInt(5 + counts.open)];
    const key = `${pass}/${period}`;
    asked.set(key, Math.max(asked.get(key) ?? 0, total));
    const values = [pass, String(period), total, ends[period], derivedRef('included', pass, period)];
    await books.pool.query('SELECT ledger.open_period($1, $2, $3, $4, $5)', values);
  }
  async function hold() {
    const ids = { run: newId(), credits: newId() };
    const [pass, person] = [pick(passes), pick(people)];
    const { rows } = await books.pool.query<{ statuses: string[] }>(
      `SELECT ledger.hold_set($1, $2, ARRAY[1, 300]::bigint[], '10 minutes')::text[] AS statuses`,
      [
        [ids.run, ids.credits],
        [purses.get(pass), purses.get(person)],
      ],
    );
    const statuses = rows[0]?.statuses ?? [];
    if (statuses[0] === 'ok' && statuses[1] === 'ok') open.push(ids);
    else counts.refused++;
    // The run path would take back both; here what was held of one kind alone is let go.
    if (statuses.includes('ok') && statuses.includes('insufficient')) await release([ids.run, ids.credits]);
  }
  const release = (ids: string[]) => books.pool.query('SELECT ledger.release_set($1)', [ids]);
  async function capture() {
    const mine = open.splice(0, 1 + randomInt(3));
    if (mine.length === 0) return;
    const ids = [...mine.map(({ credits }) => credits), ...mine.map(({ run }) => run)];
    const to = [...mine.map(() => earned), ...mine.map(() => used)];
    const amounts = [...mine.map(() => 300), ...mine.map(() => 1)];
    const codes = [...mine.map(() => 'run_parent'), ...mine.map(() => 'included_run')];
    const { rows } = await books.pool.query<{ statuses: string[] }>(
      `SELECT ledger.capture_set($1, 'run', $2, $3, $3, $4, $5::ledger.transfer_code[])::text[] AS statuses`,
      [ids, ids.map((_, i) => i + 1), to, amounts, codes],
    );
    expect(rows[0]?.statuses).toEqual(ids.map(() => 'ok'));
  }
  const operations = {
    open: openPeriod,
    hold,
    capture,
    release: async () => {
      const [one] = open.splice(0, 1);
      if (one) await release([one.run, one.credits]);
    },
    expire: () => books.pool.query('SELECT ledger.expire_lots()'),
  };
  // More is asked for than is given, so that some is refused.
  const names = ['open', 'hold', 'hold', 'hold', 'hold', 'hold', 'hold', 'hold', 'capture', 'release', 'expire'] as const;
  let left = OPERATIONS;
  const work = async () => {
    while (left-- > 0) {
      const name = pick(names);
      counts[name]++;
      await operations[name]();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await release(open.flatMap(({ run, credits }) => [run, credits]));
  expect(await books.audit()).toEqual([]);

  const { rows } = await books.pool.query<{ key: string; granted: number; free: number; is_over: boolean }>(
    `SELECT a.owner || '/' || a.sub AS key, (a.credits_posted - a.debits_posted)::int AS free, a.expires_at < now() AS is_over,
            (SELECT sum(t.amount)::int FROM ledger.transfer t WHERE t.credit_id = a.id AND t.code = 'included') AS granted
       FROM ledger.account a WHERE a.kind = 'pass_runs' AND a.owner = ANY ($1)`,
    [passes],
  );
  // Each period was given the most that was asked for it, once.
  expect(new Map(rows.map(({ key, granted }) => [key, granted]))).toEqual(asked);
  expect(rows.filter(({ is_over }) => is_over).length).toBeGreaterThan(0);
  await books.pool.query('SELECT ledger.expire_lots()');
  const over = rows.filter(({ is_over }) => is_over).map(({ key }) => key);
  const { rows: after } = await books.pool.query(
    `SELECT FROM ledger.account WHERE owner || '/' || sub = ANY ($1) AND kind = 'pass_runs' AND credits_posted <> debits_posted`,
    [over],
  );
  expect(after).toEqual([]);
  expect(await books.audit()).toEqual([]);
  for (const name of names) expect(counts[name], name).toBeGreaterThan(100);
  expect(counts.refused).toBeGreaterThan(10);
}, 60_000);
