import type { Pool } from 'pg';

/** What operators say of their corrections to the people whose credits those touch, by the transfer's ref. */
export async function loadCorrections(pool: Pool, refs: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ ref: string; public_reason: string }>(
    `SELECT ref, public_reason FROM correction WHERE ref = ANY ($1) AND state = 'posted' AND public_reason IS NOT NULL`,
    [refs],
  );
  return new Map(rows.map((row) => [row.ref, row.public_reason]));
}
