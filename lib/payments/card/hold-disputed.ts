import { balanceOf } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost } from '@/lib/credits/post-transfer';
import type { CapturedShare } from '@/lib/credits/spends';
import { smaller } from '@/lib/money';
import type { Disputed } from './book-disputes';
import { concernedShares, nameOf } from './concerned-shares';
import { addPart, loadParts, nextRef, standing, sumOf } from './dispute-rows';
import { reserveOf } from './house-accounts';

/** Under which ref a dispute freezes its collector's spending. */
export const disputeFreeze = (disputeId: string) => derivedRef('dispute freeze', disputeId);

/**
 * Takes aside what a dispute is about: what is unspent of the purchase first, then what the newest spends of it paid to creators and still
 * pends. May be called again and takes only what is new. Returns whether there was something.
 */
export async function holdDisputed(of: Disputed): Promise<boolean> {
  const { tx, purchase, dispute } = of;
  await freezeSpending(tx, { userId: purchase.userId, ref: disputeFreeze(dispute.id), on: true });
  const unspent = await holdUnspent(of);
  const earned = await holdEarnings(of);
  return unspent || earned;
}

async function holdUnspent({ tx, purchase, accounts, dispute }: Disputed): Promise<boolean> {
  const left = dispute.millicredits - sumOf(standing(await loadParts(tx, dispute.id)));
  const free = smaller((await balanceOf(tx, accounts.lot)).available, left);
  if (free <= 0n) return false;
  const credit = await reserveOf(tx, purchase.id);
  const move = { debit: accounts.lot, credit, amountMillicredits: free, code: 'dispute_hold' as const };
  await mustPost(tx, { ...move, ref: nextRef(dispute), about: purchase.id });
  await addPart(tx, dispute.id, { state: 'held', account: accounts.lot, millicredits: free, earning: null });
  return true;
}

async function holdEarnings(of: Disputed): Promise<boolean> {
  const own = standing(await loadParts(of.tx, of.dispute.id)).filter(({ earning }) => earning !== null);
  const concerned = await concernedShares(of);
  const byAny = await heldShares(of);
  // Spends of later are newer and come first: then the stretch lies elsewhere, and what is aside already counts for it.
  let due = concerned.reduce((sum, { millicredits }) => sum + millicredits, 0n) - sumOf(own);
  let held = false;
  for (const { share, millicredits } of concerned) {
    const byThis = sumOf(own.filter(({ earning }) => earning && nameOf(earning) === nameOf(share)));
    const more = [millicredits - byThis, share.amountMillicredits - (byAny.get(nameOf(share)) ?? 0n), due].reduce(smaller);
    const taken = await holdShare(of, share, more);
    due -= taken;
    held ||= taken > 0n;
  }
  return held;
}

/** What is paid out, or can be, stays with the creator: the loss is the platform's until the collector repays. */
async function holdShare({ tx, purchase, dispute }: Disputed, share: CapturedShare, amount: bigint): Promise<bigint> {
  const millicredits = smaller((await balanceOf(tx, share.account)).available, amount);
  if (millicredits <= 0n) return 0n;
  const credit = await reserveOf(tx, purchase.id);
  await mustPost(tx, { ref: nextRef(dispute), debit: share.account, credit, amountMillicredits: millicredits, code: 'dispute_hold' });
  await addPart(tx, dispute.id, { state: 'held', account: share.account, millicredits, earning: { ref: share.ref, leg: share.leg } });
  return millicredits;
}

/** What the disputes of the purchase have taken aside of each share. */
async function heldShares({ tx, purchase }: Disputed): Promise<Map<string, bigint>> {
  const { rows } = await tx.query<{ ref: string; leg: number; sum: string }>(
    `SELECT p.capture_ref AS ref, p.capture_leg AS leg, sum(p.millicredits) AS sum FROM card_dispute_part p JOIN card_dispute d ON d.id = p.dispute_id
      WHERE d.purchase_id = $1 AND p.is_earning AND p.state = 'held' GROUP BY 1, 2`,
    [purchase.id],
  );
  return new Map(rows.map((row) => [nameOf(row), BigInt(row.sum)]));
}
