import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openDatabase } from '@/lib/db';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { createTestDatabase, type TestDatabase } from '@/scripts/lib/test-database';
import { firstAtOrAfter, LAST } from './find-stretch';
import { listStatement, type StatementQuery, statement, statementOfCodes } from './queries';
import type { StatementEntryDto } from './schema';

const [LINES, FEW] = [1_000_000, 100];
const START = Date.UTC(2026, 0, 1);
const STEP_MS = 60_000;
let own: TestDatabase;
let db: ReturnType<typeof openDatabase>;
let owner: ReturnType<typeof openDatabase>;
let actor: Actor;
let another: Actor;

const timeOf = (seq: number) => new Date(START + seq * STEP_MS);

/** Lines as the ledger writes them, a minute apart; every third is begun four minutes before the one ahead of it, as by a slow transaction. */
async function writeLines({ userId }: Actor, lines: number): Promise<void> {
  await owner.pool.query('SELECT ledger.open_purse($1)', [userId]);
  await owner.pool.query(
    `INSERT INTO ledger.entry (purse_id, seq, ref, code, change, balance, at)
     SELECT p.id, n, gen_random_uuid(), (CASE WHEN n % 1000 = 1 THEN 'deposit' ELSE 'run' END)::ledger.entry_code, 0, 0,
            to_timestamp($2::double precision / 1000) + make_interval(secs => 60 * n - CASE WHEN n % 3 = 0 THEN 240 ELSE 0 END)
       FROM ledger.purse p, generate_series(1, $3) n WHERE p.owner = $1`,
    [userId, START, lines],
  );
  await owner.pool.query('UPDATE ledger.purse SET entries = $2 WHERE owner = $1', [userId, lines]);
}

beforeAll(async () => {
  own = await createTestDatabase();
  [db, owner] = [openDatabase(own.url), openDatabase(own.ownerUrl)];
  [actor, another] = [await seedPerson(db, `0x${'a1'.repeat(20)}`), await seedPerson(db, `0x${'a2'.repeat(20)}`)];
  await writeLines(actor, LINES);
  await writeLines(another, FEW);
  await owner.pool.query('ANALYZE ledger.entry; ANALYZE ledger.purse');
}, 300_000);
afterAll(async () => {
  await Promise.all([db.close(), owner.close()]);
  await own.drop();
});

async function readAll(query: StatementQuery): Promise<StatementEntryDto[]> {
  const entries: StatementEntryDto[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listStatement(db, actor, { ...query, cursor, limit: 1000 });
    entries.push(...page.entries);
    if (!page.nextCursor) return entries;
    cursor = page.nextCursor;
  }
}

describe('a period', () => {
  test.each([
    ['in the middle', 5_000, 5_100],
    ['of one minute', 7_001, 7_002],
    ['before the first line', -500, 0],
    ['after the last line', LINES + 10, LINES + 500],
    ['of the end', LINES - 3_000, LINES + 500],
    ['of the beginning', -500, 3_000],
  ])('%s has exactly the lines of that time', async (_name, fromSeq, toSeq) => {
    const [from, to] = [timeOf(fromSeq), timeOf(toSeq)];
    const { rows } = await owner.pool.query<{ seq: string }>(
      'SELECT seq FROM ledger.entry e JOIN ledger.purse p ON p.id = e.purse_id WHERE p.owner = $1 AND at >= $2 AND at < $3 ORDER BY seq DESC',
      [actor.userId, from, to],
    );
    expect((await readAll({ from, to })).map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq));
  });

  test('of a person without lines is empty', async () => {
    const nobody = await seedPerson(db, `0x${'a3'.repeat(20)}`);
    expect(await listStatement(db, nobody, { from: timeOf(1), to: timeOf(9) })).toEqual({ entries: [], nextCursor: null });
  });

  test('and codes narrow together, and pages follow one another without a gap', async () => {
    const lines = await readAll({ codes: ['deposit'], from: timeOf(1_990), to: timeOf(9_500) });
    expect(lines.map(({ seq }) => Number(seq))).toEqual([9_001, 8_001, 7_001, 6_001, 5_001, 4_001, 3_001, 2_001]);
  });
});

type Plan = { 'Node Type': string; 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: Plan[] };
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

async function explain(text: string, values: unknown[]): Promise<{ types: string[]; rowsRead: number }> {
  const { rows } = await db.pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
  const all = rows[0] ? nodes(rows[0]['QUERY PLAN'][0].Plan) : [];
  const scans = all.filter((node) => node['Node Type'].includes('Scan') && /Index|Seq|Bitmap/.test(node['Node Type']));
  const rowsRead = scans.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
  return { types: all.map((node) => node['Node Type']), rowsRead };
}

describe('what a page reads of a long statement', () => {
  const all = ['-infinity', 'infinity'];

  test('is the page, by index', async () => {
    const { types, rowsRead } = await explain(statement, [actor.userId, LAST, 51, '1', LAST, ...all]);
    expect(types).toContain('Index Scan');
    expect(types.filter((type) => /Sort|Bitmap/.test(type))).toEqual([]);
    expect(rowsRead).toBeLessThanOrEqual(60);
  });

  test('costs no more than twice that of a statement of a hundred lines', async () => {
    const times = { long: [] as number[], short: [] as number[] };
    for (let round = 0; round < 60; round++) {
      for (const [name, who] of [
        ['long', actor],
        ['short', another],
      ] as const) {
        const startedAt = performance.now();
        expect((await listStatement(db, who)).entries).toHaveLength(50);
        times[name].push(performance.now() - startedAt);
      }
    }
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length / 2] ?? 0;
    expect(median(times.long)).toBeLessThanOrEqual(2 * median(times.short));
  });

  test('of rare lines is those lines, by index', async () => {
    const { rowsRead } = await explain(statementOfCodes, [actor.userId, LAST, 51, '1', LAST, ...all, ['deposit', 'deposit_reversal']]);
    expect(rowsRead).toBeLessThanOrEqual(60);
  });

  test('of a period is some twenty look-ups more, and the few lines at its ends', async () => {
    const seek = await explain(firstAtOrAfter, [actor.userId, timeOf(9_000)]);
    expect(seek.rowsRead).toBeLessThanOrEqual(60);
    const page = await explain(statement, [actor.userId, LAST, 51, '8995', '9108', timeOf(9_000), timeOf(9_100)]);
    expect(page.rowsRead).toBeLessThanOrEqual(80);
  });
});

test('the statement of somebody else is not in it', async () => {
  await grantCredits(db, another, 1_000n);
  const { entries } = await listStatement(db, another, { codes: ['grant'] });
  expect(entries).toHaveLength(1);
  expect((await listStatement(db, actor, { codes: ['grant'] })).entries).toEqual([]);
});
