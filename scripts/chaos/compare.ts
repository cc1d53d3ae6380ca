import type pg from 'pg';
import { type Books, receiversOf } from './books';
import type { KnownHold, KnownPost, Memory } from './memory';

const PAGE = 20_000;

/** Every way in which the books are not what the client was told: none, after any crash. */
export async function compare(books: Books, memory: Memory, holds: KnownHold[], posts: KnownPost[]): Promise<string[]> {
  const { pool } = books;
  const { rows } = await pool.query<{ line: string }>(`SELECT concat_ws(' ', 'audit:', what, id, have, want) AS line FROM ledger.audit`);
  return [
    ...memory.contradictions,
    ...rows.map(({ line }) => line),
    ...(await comparePurses(pool, memory)),
    ...(await compareEarnings(books, memory)),
    ...(await compareHolds(pool, holds)),
    ...(await comparePosts(pool, posts)),
  ];
}

async function comparePurses(pool: pg.Pool, memory: Memory): Promise<string[]> {
  const { rows } = await pool.query<{ owner: string; balance: string }>('SELECT owner, balance FROM ledger.purse');
  const { rows: runs } = await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ledger.entry WHERE code = 'run'`);
  const wrong = rows
    .map(({ owner, balance }) => ({ owner, balance, want: memory.purses.get(owner) ?? 0n }))
    .filter(({ balance, want }) => BigInt(balance) !== want)
    .map(({ owner, balance, want }) => `${owner} has ${balance}, not ${want}`);
  return Number(runs[0]?.n) === memory.captures ? wrong : [...wrong, `${runs[0]?.n} runs were charged, not ${memory.captures}`];
}

async function compareEarnings(books: Books, memory: Memory): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, pending, available } of receiversOf(books)) {
    const { rows } = await books.pool.query<{ posted: string }>(
      'SELECT sum(b.posted) AS posted FROM (SELECT DISTINCT unnest($1::bigint[]) AS id) a, ledger.balance(a.id) b',
      [[pending, available]],
    );
    const want = memory.earned.get(name) ?? 0n;
    if (BigInt(rows[0]?.posted ?? 0) !== want) wrong.push(`${name} earned ${rows[0]?.posted}, not ${want}`);
  }
  return wrong;
}

async function compareHolds(pool: pg.Pool, holds: KnownHold[]): Promise<string[]> {
  return inPages(holds, async (page) => {
    const { rows } = await pool.query<{ id: string; owner: string; amount: string; state: string; captured: string }>(
      'SELECT h.id, p.owner, h.amount, h.state, h.captured FROM ledger.hold h JOIN ledger.purse p ON p.id = h.purse_id WHERE h.id = ANY ($1::uuid[])',
      [page.map(({ id }) => id)],
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return page.filter((hold) => {
      const row = found.get(hold.id);
      if (!row || row.owner !== hold.userId || BigInt(row.amount) !== hold.amountMillicredits) return true;
      if (hold.captured !== undefined) return row.state !== 'captured' || BigInt(row.captured) !== hold.captured;
      return hold.letGo ? row.state !== 'released' && row.state !== 'expired' : row.state === 'captured';
    });
  });
}

const comparePosts = (pool: pg.Pool, posts: KnownPost[]): Promise<string[]> =>
  inPages(posts, async (page) => {
    const { rows } = await pool.query<{ ref: string; amount: string }>(
      'SELECT ref, sum(amount) AS amount FROM ledger.transfer WHERE ref = ANY ($1::uuid[]) GROUP BY 1',
      [page.map(({ ref }) => ref)],
    );
    const found = new Map(rows.map((row) => [row.ref, BigInt(row.amount)]));
    return page.filter(({ ref, amountMillicredits }) => found.get(ref) !== amountMillicredits);
  });

async function inPages<T>(items: T[], wrongOf: (page: T[]) => Promise<T[]>): Promise<string[]> {
  const wrong: T[] = [];
  for (let i = 0; i < items.length; i += PAGE) wrong.push(...(await wrongOf(items.slice(i, i + PAGE))));
  return wrong.map((item) => `not what was acknowledged: ${JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`);
}
