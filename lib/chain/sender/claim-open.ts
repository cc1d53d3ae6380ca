import type { Pool } from 'pg';
import { COLUMNS, readTransactions, type TransactionRow } from './rows';

/** A process that dies with rows in its hands keeps them from the others no longer than this. */
const LEASE_SECONDS = 15;

/**
 * Open transactions that nobody is looking at, oldest nonce first. It only spares work: should two processes hold the same row after all,
 * guards and unique keys keep it right.
 */
export function claimOpen(pool: Pool, chainId: number, limit: number): Promise<TransactionRow[]> {
  return readTransactions(
    pool,
    `WITH due AS (
       SELECT id AS due_id FROM chain_transaction WHERE chain_id = $1 AND state IN ('queued', 'sent', 'mined') AND look_at <= now()
        ORDER BY nonce, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
     UPDATE chain_transaction SET look_at = now() + make_interval(secs => $3) FROM due WHERE id = due_id RETURNING ${COLUMNS}`,
    [chainId, limit, LEASE_SECONDS],
  );
}

/** Says when to look at it next. */
export async function lookAgain(pool: Pool, id: string, inMs: number): Promise<void> {
  await pool.query('UPDATE chain_transaction SET look_at = now() + make_interval(secs => $2) WHERE id = $1', [id, inMs / 1000]);
}
