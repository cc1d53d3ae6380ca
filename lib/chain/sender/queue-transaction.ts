import type { PoolClient } from 'pg';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { ChainCall } from './types';

export type QueuedTransaction = ChainCall & {
  chainId: number;
  /** Which key signs it: `(await houseKey(db, 'treasury')).id`. */
  keyId: string;
  /** Whose handler is told how it ended. */
  purpose: string;
  /** One transaction for each (purpose, ref), however often it is queued. */
  ref: string;
  /** Refused (`too_much_gas`) when it needs more gas than this, and never sent with more: a contract that receives decides what it burns. */
  maxGas?: bigint;
};

type Row = { id: string; chain_id: number; key_id: string; to: string; data: string; value_wei: string };

/**
 * Queues a transaction within the caller's: it is sent once that commits, and its handler is told exactly once how it ended.
 * The same (purpose, ref) again is the same transaction; with other content it throws `conflict`.
 */
export async function queueTransaction(tx: PoolClient, queued: QueuedTransaction): Promise<{ id: string }> {
  const { chainId, keyId, purpose, ref, to, data, valueWei, maxGas = null } = queued;
  await tx.query(
    `INSERT INTO chain_transaction (id, chain_id, key_id, purpose, ref, "to", data, value_wei, max_gas) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (purpose, ref) DO NOTHING`,
    [newId(), chainId, keyId, purpose, ref, to.toLowerCase(), data, valueWei, maxGas],
  );
  const { rows } = await tx.query<Row>('SELECT id, chain_id, key_id, "to", data, value_wei FROM chain_transaction WHERE purpose = $1 AND ref = $2', [
    purpose,
    ref,
  ]);
  const [row] = rows;
  // A call that was made anew before it was sent has other data than it was queued with, so that `data` does not count.
  const same = row?.chain_id === chainId && row.key_id === keyId && row.to === to.toLowerCase() && BigInt(row.value_wei) === valueWei;
  if (!row || !same) throw new AppError('conflict', { details: { purpose, ref } });
  return { id: row.id };
}
