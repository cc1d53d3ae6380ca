import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { mustPost } from '@/lib/credits/post-transfer';
import type { PayoutRow } from './payout-row';

export type PayoutEnd = { state: 'sent'; externalRef: string; txHash?: string } | { state: 'failed' | 'cancelled'; error: string };

/**
 * Ends a payout whose row the caller has locked: its credits have left, or go back to the creator. Both ends are the same ledger
 * reference with other content, so that the ledger, too, refuses a payout that is sent and given back.
 */
export async function endPayout(tx: PoolClient, { id, creatorId, millicredits }: PayoutRow, end: PayoutEnd): Promise<void> {
  const hasLeft = end.state === 'sent';
  await mustPost(tx, {
    ref: derivedRef('payout end', id),
    debit: await openAccount(tx, 'payout_clearing', id),
    credit: await openAccount(tx, hasLeft ? 'paid_out' : 'creator_available', creatorId),
    amountMillicredits: millicredits,
    code: hasLeft ? 'payout_sent' : 'payout_failed',
  });
  await tx.query(
    `UPDATE payout SET state = $2::payout_state, ended_at = now(), external_ref = coalesce(external_ref, $3), tx_hash = coalesce($4, tx_hash), error = $5
      WHERE id = $1`,
    [id, end.state, hasLeft ? end.externalRef : null, hasLeft ? (end.txHash ?? null) : null, hasLeft ? null : end.error.slice(0, 500)],
  );
}
