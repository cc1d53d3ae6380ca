import type { Pool } from 'pg';

/** What a statement says of a payment at the till. */
export type DepositSubject = { txHash: string };

/** The person's own payments whose credits stand under `refs`. */
export async function loadDeposits(pool: Pool, userId: string, refs: readonly string[]): Promise<Map<string, DepositSubject>> {
  const { rows } = await pool.query<{ ref: string; tx_hash: string }>(
    'SELECT transfer_ref AS ref, tx_hash FROM deposit WHERE transfer_ref = ANY ($1) AND user_id = $2',
    [refs, userId],
  );
  return new Map(rows.map((row) => [row.ref, { txHash: row.tx_hash }]));
}
