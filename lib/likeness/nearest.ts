import type { Pool, PoolClient } from 'pg';
import { differenceOf, MAX_BITS_APART, MAX_DIFFERENCE } from './compare';
import type { Likeness } from './read-likeness';

export type Near = { id: string; difference: number };
/**
 * So many are compared in full: of each person the nearest few, so that nobody hides a copy behind works of their own that are made to be nearer. More
 * than that within six bits of one picture would be copies of each other.
 */
const MOST_OF_ONE_OWNER = 20;
const MOST_COMPARED = 1_000;

/** The bands first, by themselves: the planner takes them for 3 % of all works, and would read every work to join them. */
export const nearestSql = (where: string) => `
  WITH near AS MATERIALIZED (
    SELECT l.work_id, l.form, bit_count((l.hash # $1::bigint)::bit(64)) AS bits FROM likeness l
     WHERE l.hash IS NOT NULL AND likeness_bands(l.hash) && likeness_bands($1) AND bit_count((l.hash # $1::bigint)::bit(64)) <= $2),
  counted AS (
  SELECT w.id, near.form, near.bits, w.captured_at, row_number() OVER (PARTITION BY w.owner_id ORDER BY near.bits, w.captured_at) AS of_owner
    FROM near CROSS JOIN LATERAL (SELECT * FROM work WHERE work.id = near.work_id OFFSET 0) w
         JOIN model_version v ON v.digest = w.version_digest
   WHERE w.refunded_at IS NULL AND ${where})
  SELECT id, form FROM counted WHERE of_owner <= ${MOST_OF_ONE_OWNER} ORDER BY bits, captured_at LIMIT ${MOST_COMPARED}`;

/**
 * Works `w` that look like a picture, nearest first. `where`: which works `w` (with their version `v`) count; its values from $3 on. The limit is
 * taken among those, so that works which do not count keep none out.
 */
export async function nearest(sql: Pool | PoolClient, likeness: Likeness, where: string, values: unknown[] = []): Promise<Near[]> {
  const { rows } = await sql.query<{ id: string; form: Buffer }>(nearestSql(where), [likeness.hash.toString(), MAX_BITS_APART, ...values]);
  return rows
    .map(({ id, form }) => ({ id, difference: differenceOf(new Int8Array(form), likeness.form) }))
    .filter(({ difference }) => difference <= MAX_DIFFERENCE)
    .sort((a, b) => a.difference - b.difference);
}
