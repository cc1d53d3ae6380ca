import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listStatement, statement, statementOfCodes } from './queries';
import { actorOf, openTestBooks, someone } from './testing/test-books';

const books = openTestBooks();
afterAll(() => books.close());

type Plan = {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
};

describe('the statement of a million entries', () => {
  const MILLION = 1_000_000;
  const [long, short] = [someone('long'), someone('short')];
  /** Lines as they come: mostly runs, some let go, now and then a purchase. Inserted by the owner, whom the triggers let add. */
  const write = (user: string, lines: number) =>
    books.owner.query(
      `WITH p AS (INSERT INTO ledger.purse (asset, owner, balance, entries) VALUES (1, $1, 1000, $2) RETURNING id)
       INSERT INTO ledger.entry (purse_id, seq, ref, code, change, balance)
       SELECT p.id, i, gen_random_uuid(), CASE WHEN i % 50 = 1 THEN 'purchase' WHEN i % 10 = 2 THEN 'released' ELSE 'run' END::ledger.entry_code, 0, 1000
         FROM p, generate_series(1, $2::int) i`,
      [user, lines],
    );
  beforeAll(async () => {
    await write(long, MILLION);
    await write(short, 100);
    await books.owner.query('VACUUM ANALYZE ledger.entry');
    await books.owner.query('ANALYZE ledger.purse');
  }, 300_000);

  /** Pages of memory or disk that a page of the statement touches, and by what it finds its lines. */
  async function cost(sql: string, values: unknown[]): Promise<{ pages: number; scans: string[]; top: string }> {
    const { rows } = await books.pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, values);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    if (!plan) throw new Error('no plan');
    const scansOf = (node: Plan): string[] => [
      ...(node['Relation Name'] === 'entry' ? [`${node['Node Type']} ${node['Index Name'] ?? ''}`] : []),
      ...(node.Plans ?? []).flatMap(scansOf),
    ];
    return { pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], scans: scansOf(plan), top: plan['Node Type'] };
  }
  const LAST = '9223372036854775807';
  /** What a page below `seq` asks for, in any period. */
  const pageOf = (user: string, seq: number | string = LAST) => [user, seq, 51, 1, LAST, '-infinity', 'infinity'];

  test('shows its first page by the index alone, at the cost of one of a hundred', async () => {
    const [big, small] = [await cost(statement, pageOf(long)), await cost(statement, pageOf(short))];
    expect(big.scans).toEqual(['Index Scan entry_pkey']);
    expect(big.top).toBe('Limit');
    expect(big.pages).toBeLessThanOrEqual(2 * small.pages);
  });

  test('shows any later page at the same cost', async () => {
    const start = await cost(statement, pageOf(long));
    for (const seq of [900_000, 500_000, 60]) {
      const later = await cost(statement, pageOf(long, seq));
      expect(later.scans).toEqual(start.scans);
      expect(later.pages).toBeLessThanOrEqual(start.pages + 2);
    }
  });

  test.each([['purchase'], ['purchase', 'released'], ['run'], ['card_refund', 'purchase', 'dispute_hold'], ['card_refund']])(
    'filtered by %s %s %s costs in proportion to what it shows, not to what there is',
    async (...codes) => {
      for (const cursor of [LAST, 500_000]) {
        const { pages, scans } = await cost(statementOfCodes, [...pageOf(long, cursor), codes]);
        expect(scans).toEqual(codes.includes('run') ? ['Index Scan entry_code', 'Index Scan entry_pkey'] : ['Index Scan entry_code']);
        // A line of a rare code has a page of its own; beside those, the way down the index for each code.
        expect(pages).toBeLessThan(51 + 20 * codes.length);
      }
    },
  );

  test('answers in milliseconds', async () => {
    const timed = async (user: string) => {
      const times = [];
      for (let i = 0; i < 15; i++) {
        const start = performance.now();
        await listStatement(books.db, actorOf(user));
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const [big, small] = [await timed(long), await timed(short)];
    expect(big, `the shortest of 15: ${big} ms against ${small} ms`).toBeLessThan(2 * small + 1);
  });
});
