import type { Pool, PoolClient } from 'pg';
import { differenceOf, MAX_BITS_APART, MAX_DIFFERENCE } from './compare';
import type { Likeness } from './read-likeness';

export type Near = { id: string; difference: number };
/** So many are compared in full. More works than that within six bits of one picture would be copies of each other. */
const MOST_COMPARED = 200;

/**
 * Works `w` that look like a picture, nearest first. `where`: which works `w` (with their version `v`) count; its values from $3 on. The limit is
 * taken among those, so that works which do not count keep none out.
 */
export async function nearest(sql: Pool | PoolClient, likeness: Likeness, where: string, values: unknown[] = []): Promise<Near[]> {
  const { rows } = await sql.query<{ id: string; form: Buffer }>(
    `SELECT w.id, l.form FROM likeness l JOIN work w ON w.id = l.work_id JOIN model_version v ON v.digest = w.version_digest
     WHERE l.hash IS NOT NULL AND likeness_bands(l.hash) && likeness_bands($1)
       AND bit_count((l.hash # $1::bigint)::bit(64)) <= $2 AND w.refunded_at IS NULL AND ${where}
     ORDER BY bit_count((l.hash # $1::bigint)::bit(64)), w.captured_at LIMIT ${MOST_COMPARED}`,
    [likeness.hash.toString(), MAX_BITS_APART, ...values],
  );
  return rows
    .map(({ id, form }) => ({ id, difference: differenceOf(new Int8Array(form), likeness.form) }))
    .filter(({ difference }) => difference <= MAX_DIFFERENCE)
    .sort((a, b) => a.difference - b.difference);
}
