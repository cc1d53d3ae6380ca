import { balanceOf } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost } from '@/lib/credits/post-transfer';
import { smaller } from '@/lib/money';
import { concernedShares, nameOf } from './concerned-shares';
import { addPart, loadParts, nextRef, standing, sumOf } from './dispute-rows';
import type { Disputed } from './disputed';
import { holdBonusEarnings, ofPurchase } from './hold-bonus-earnings';
import { heldShares, holdShare } from './hold-share';
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
  const bonus = await holdBonusEarnings(of);
  return unspent || earned || bonus;
}

async function holdUnspent(of: Disputed): Promise<boolean> {
  const { tx, purchase, accounts, dispute } = of;
  const left = dispute.millicredits - sumOf(standing(await loadParts(tx, dispute.id)).filter(ofPurchase(of)));
  const free = smaller((await balanceOf(tx, accounts.lot)).available, left);
  if (free <= 0n) return false;
  const credit = await reserveOf(tx, purchase.id);
  const move = { debit: accounts.lot, credit, amountMillicredits: free, code: 'dispute_hold' as const };
  await mustPost(tx, { ...move, ref: nextRef(dispute), about: purchase.id });
  await addPart(tx, dispute.id, { state: 'held', account: accounts.lot, millicredits: free, earning: null });
  return true;
}

async function holdEarnings(of: Disputed): Promise<boolean> {
  const own = standing(await loadParts(of.tx, of.dispute.id)).filter((part) => part.earning !== null && ofPurchase(of)(part));
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
