import type { PoolClient } from 'pg';

/**
 * Locks what some collectors have and owe, with other accounts that the caller will move, in the order of ids that everybody takes: what
 * follows then waits for nobody while somebody waits for it.
 */
export async function lockCollectors(tx: PoolClient, userIds: string[], others: bigint[]): Promise<void> {
  await tx.query('SELECT ledger.lock_collectors($1, $2)', [userIds, others]);
}
