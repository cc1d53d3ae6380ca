import { balanceOf } from '@/lib/credits/accounts';
import { mustPost } from '@/lib/credits/post-transfer';
import type { CapturedShare } from '@/lib/credits/spends';
import { smaller } from '@/lib/money';
import { nameOf } from './concerned-shares';
import { addPart, nextRef } from './dispute-rows';
import type { Disputed } from './disputed';
import { reserveOf } from './house-accounts';

/** What is paid out, or can be, stays with the creator: the loss is the platform's until the collector repays. */
export async function holdShare({ tx, purchase, dispute }: Disputed, share: CapturedShare, amount: bigint): Promise<bigint> {
  const millicredits = smaller((await balanceOf(tx, share.account)).available, amount);
  if (millicredits <= 0n) return 0n;
  const credit = await reserveOf(tx, purchase.id);
  await mustPost(tx, { ref: nextRef(dispute), debit: share.account, credit, amountMillicredits: millicredits, code: 'dispute_hold' });
  await addPart(tx, dispute.id, { state: 'held', account: share.account, millicredits, earning: { ref: share.ref, leg: share.leg } });
  return millicredits;
}

/** What the disputes of the purchase have taken aside of each share. */
export async function heldShares({ tx, purchase }: Disputed): Promise<Map<string, bigint>> {
  const { rows } = await tx.query<{ ref: string; leg: number; sum: string }>(
    `SELECT p.capture_ref AS ref, p.capture_leg AS leg, sum(p.millicredits) AS sum FROM card_dispute_part p JOIN card_dispute d ON d.id = p.dispute_id
      WHERE d.purchase_id = $1 AND p.is_earning AND p.state = 'held' GROUP BY 1, 2`,
    [purchase.id],
  );
  return new Map(rows.map((row) => [nameOf(row), BigInt(row.sum)]));
}
