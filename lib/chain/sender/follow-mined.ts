import { log } from '@/lib/log';
import { confirmationsAt, finalityAt } from '../finality';
import { findMined, gasPaid, markMined } from './find-mined';
import type { Place } from './place';
import { attemptsOf, type TransactionRow } from './rows';
import { settle } from './settle';

/**
 * Follows a mined transaction until its block is safe, or final where it did not succeed: what is given back for it cannot be taken again
 * when a reorg makes it succeed after all. Back to `sent` when a reorg has taken it out of the chain.
 */
export async function followMined(place: Place, row: TransactionRow): Promise<void> {
  const { db, client, head, limits } = place;
  const mined = await findMined(client, await attemptsOf(db.pool, row.id));
  if (!mined) {
    log.warn({ transaction: row.id, nonce: row.nonce, txHash: row.txHash }, 'reorg: a mined transaction is gone; it is sent again');
    await db.pool.query(
      `UPDATE chain_transaction SET state = 'sent', tx_hash = NULL, block_number = NULL, block_hash = NULL, succeeded = NULL, cost_wei = NULL
        WHERE id = $1 AND state = 'mined'`,
      [row.id],
    );
    return;
  }
  const { attempt, receipt } = mined;
  await markMined(place, row, mined);
  const depth = finalityAt(confirmationsAt(head.number, receipt.blockNumber), limits.confirmations);
  const succeeded = attempt.kind === 'call' && receipt.status === 'success';
  if (depth === 'seen' || (!succeeded && depth !== 'final')) return;
  const end = { txHash: attempt.hash, gasWei: gasPaid(receipt) };
  if (succeeded) return settle(place, row, { ...end, outcome: 'safe' });
  if (attempt.kind === 'cancel') return settle(place, row, { ...end, outcome: 'refused', error: 'cancelled' });
  return settle(place, row, { ...end, outcome: 'reverted', error: 'reverted' });
}
