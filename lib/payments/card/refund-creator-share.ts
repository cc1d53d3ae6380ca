import type { PoolClient } from 'pg';
import { refundShareOfCreator } from '@/lib/credits/refund-capture';
import { AppError } from '@/lib/errors';
import { loadDisputes, loadParts } from './dispute-rows';
import { lockPayingPurchases } from './refund-run';

/**
 * Gives back what a run brought its model's creator, once for each `ref`, from what the creator has: `insufficient_earnings` where that is not enough. Throws
 * `payment_disputed` where a dispute has taken it: then it is not theirs to give.
 */
export async function refundCreatorShare(tx: PoolClient, { capture, ref }: { capture: string; ref: string }): Promise<void> {
  for (const { id } of await lockPayingPurchases(tx, capture)) {
    for (const dispute of await loadDisputes(tx, id)) {
      const parts = await loadParts(tx, dispute.id);
      if (parts.some(({ state, earning }) => state !== 'returned' && earning?.ref === capture)) throw new AppError('payment_disputed');
    }
  }
  await refundShareOfCreator(tx, { capture, ref });
}
