import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost } from '@/lib/credits/post-transfer';
import { type DisputeRow, loadParts, nextRef, type Part, setPart } from './dispute-rows';
import type { Disputed } from './disputed';
import { disputeFreeze } from './hold-disputed';
import { reserveOf } from './house-accounts';

/** A dispute ended well: everything goes back where it was, and the collector may spend again. */
export async function releaseDisputed(of: Disputed): Promise<void> {
  const { tx, purchase, dispute } = of;
  for (const part of await loadParts(tx, dispute.id)) if (part.state === 'held') await returnPart(of, dispute, part);
  await freezeSpending(tx, { userId: purchase.userId, ref: disputeFreeze(dispute.id), on: false });
}

/** Earnings go back to their day; should that have matured meanwhile, it matures again. */
export async function returnPart(
  { tx, purchase }: Pick<Disputed, 'tx'> & { purchase: { id: string } },
  dispute: DisputeRow,
  part: Part,
): Promise<void> {
  const debit = await reserveOf(tx, purchase.id);
  const move = { debit, credit: part.account, amountMillicredits: part.millicredits, code: 'dispute_won' as const };
  await mustPost(tx, { ...move, ref: nextRef(dispute), about: purchase.id });
  await setPart(tx, dispute.id, part.ordinal, 'returned');
}
