import { smaller } from '@/lib/money';
import { nameOf, standingSpends } from './concerned-shares';
import { loadParts, type Part, standing, sumOf } from './dispute-rows';
import type { Disputed } from './disputed';
import { heldShares, holdShare } from './hold-share';

/** Parts that are no earnings, or earnings from the credits that were paid for. */
export const ofPurchase =
  ({ accounts: { spends } }: Disputed) =>
  ({ earning }: Part): boolean =>
    earning === null || spends.some((share) => nameOf(share) === nameOf(earning));

/**
 * The bonus of a disputed purchase is no money, but what creators earned of it is paid out in money. As much of it as belongs to what is disputed
 * is taken aside while it pends, the newest first; whoever buys, spends the bonus on a friend's model and disputes gains nothing.
 */
export async function holdBonusEarnings(of: Disputed): Promise<boolean> {
  const { tx, purchase, accounts, dispute } = of;
  const own = standing(await loadParts(tx, dispute.id)).filter((part) => !ofPurchase(of)(part));
  const byAny = await heldShares(of);
  let due = (purchase.bonusMillicredits * dispute.millicredits) / purchase.creditMillicredits - sumOf(own);
  let held = false;
  for (const share of (await standingSpends(of, accounts.bonusSpends)).reverse()) {
    if (share.kind !== 'creator_pending') continue;
    const taken = await holdShare(of, share, smaller(share.amountMillicredits - (byAny.get(nameOf(share)) ?? 0n), due));
    due -= taken;
    held ||= taken > 0n;
  }
  return held;
}
