import type { Pool, PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { newId } from '@/lib/ids';

/** A chain that is not indexed because it forked below the confirmed depth. `forkNumber`: the highest block both had, -1 when none. */
export type Halt = { forkNumber: bigint; isAcknowledged: boolean };

export async function readHalt(db: Pool | PoolClient, chainId: number): Promise<Halt | null> {
  const { rows } = await db.query<{ fork_number: string; acknowledged: boolean }>(
    `SELECT h.fork_number, a.acknowledged_at IS NOT NULL AS acknowledged
       FROM chain_halt h JOIN operator_alert a ON a.id = h.alert_id WHERE h.chain_id = $1`,
    [chainId],
  );
  const [row] = rows;
  return row ? { forkNumber: BigInt(row.fork_number), isAcknowledged: row.acknowledged } : null;
}

type Fork = { chainId: number; forkNumber: bigint; depth: bigint; confirmations: number };

/** Stops the indexing of a chain and tells the operators. A row, so that it outlives restarts and holds for every process. */
export async function writeHalt(tx: PoolClient, { chainId, forkNumber, depth, confirmations }: Fork): Promise<void> {
  const alertId = await raiseAlert(tx, {
    // Each halt is news: the same two forks may alternate.
    key: `chain_forked/${chainId}/${newId()}`,
    kind: 'chain_forked',
    text:
      `The chain forked ${depth} blocks deep, below the confirmed depth of ${confirmations}. What deposits in the lost blocks gave was taken back, and ` +
      'nothing more is indexed. Compare the RPC provider with another one; then acknowledge this, and the indexer goes back to the fork and on from there.',
    details: { chainId, forkNumber: String(forkNumber), depth: Number(depth), confirmations },
  });
  await tx.query('INSERT INTO chain_halt (chain_id, fork_number, alert_id) VALUES ($1, $2, $3)', [chainId, forkNumber, alertId]);
}

export async function liftHalt(tx: PoolClient, chainId: number): Promise<void> {
  await tx.query('DELETE FROM chain_halt WHERE chain_id = $1', [chainId]);
}
