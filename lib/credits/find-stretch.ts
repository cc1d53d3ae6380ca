import type { Pool } from 'pg';

/**
 * Lines are written in the order of `seq`; their `at` is when their transaction began, so a line may be this much older than one before
 * it. Reading that much more at both ends of a period, and looking at each line's own time, leaves no line out and takes none too many.
 */
const DISORDER_MS = 5 * 60_000;

/** Where the lines of a period lie: seq from `first` up to, and without, `end`. Each of them still has to be looked at. */
export type Stretch = { first: string; end: string };

/** `seq` has no gaps, so that halving finds a time in some twenty look-ups of the primary key: no second index on the hot table. */
export async function findStretch(pool: Pool, userId: string, { from, to }: { from?: Date; to?: Date }): Promise<Stretch> {
  const seek = async (at: number) => (await pool.query<{ seq: string }>(firstAtOrAfter, [userId, new Date(at)])).rows[0]?.seq ?? '1';
  const [first, end] = await Promise.all([from ? seek(from.getTime() - DISORDER_MS) : '1', to ? seek(to.getTime() + DISORDER_MS) : LAST]);
  return { first, end };
}

/** After every line there will ever be. */
export const LAST = '9223372036854775807';

/** SQL: the seq of the first line of $1's purse at or after $2; one after the last where there is none. */
export const firstAtOrAfter = `
  WITH RECURSIVE purse AS MATERIALIZED (SELECT id, entries FROM ledger.purse WHERE asset = 1 AND owner = $1),
  half (low, high) AS (
    SELECT 1::bigint, entries + 1 FROM purse
    UNION ALL
    SELECT CASE WHEN m.at < $2 THEN m.seq + 1 ELSE h.low END, CASE WHEN m.at < $2 THEN h.high ELSE m.seq END
      FROM half h, LATERAL (SELECT e.seq, e.at FROM ledger.entry e WHERE e.purse_id = (SELECT id FROM purse) AND e.seq = (h.low + h.high) / 2) m
     WHERE h.low < h.high)
  SELECT low AS seq FROM half WHERE low >= high`;
