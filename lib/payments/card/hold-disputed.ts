import { balanceOf } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost } from '@/lib/credits/post-transfer';
import { type CapturedShare, spendsOfLot } from '@/lib/credits/spends';
import { smaller } from '@/lib/money';
import type { Disputed } from './book-disputes';
import { addPart, loadParts, nextRef, sumOf } from './dispute-rows';
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
  const left = dispute.millicredits - sumOf(await loadParts(tx, dispute.id));
  const free = smaller((await balanceOf(tx, accounts.lot)).available, left);
  if (free <= 0n) return false;
  const credit = await reserveOf(tx, purchase.id);
  const move = { debit: accounts.lot, credit, amountMillicredits: free, code: 'dispute_hold' as const };
  await mustPost(tx, { ...move, ref: nextRef(dispute), about: purchase.id });
  await addPart(tx, dispute.id, { state: 'held', account: accounts.lot, millicredits: free, earning: null });
  return true;
}

async function holdEarnings(of: Disputed): Promise<boolean> {
  const { tx, dispute } = of;
  const parts = await loadParts(tx, dispute.id);
  const spends = await standingSpends(of);
  await lockDays(of, spends);
  const taken = await heldShares(of);
  let spent = dispute.millicredits - sumOf(parts.filter(({ earning }) => earning === null));
  let room = dispute.millicredits - sumOf(parts);
  let held = false;
  for (const share of spends.reverse()) {
    const concerned = smaller(share.amountMillicredits, spent);
    spent -= concerned;
    if (share.kind !== 'creator_pending' || taken.has(nameOf(share))) continue;
    const millicredits = await holdShare(of, share, smaller(concerned, room));
    room -= millicredits;
    held ||= millicredits > 0n;
  }
  return held;
}

const nameOf = ({ ref, leg }: { ref: string; leg: number }) => `${ref}/${leg}`;

/** In the order of their ids, so that two disputes do not wait for each other; a locked day cannot mature between the look and the move. */
async function lockDays({ tx }: Disputed, spends: CapturedShare[]): Promise<void> {
  const days = new Set(spends.filter(({ kind }) => kind === 'creator_pending').map(({ account }) => account));
  for (const day of [...days].sort((a, b) => (a < b ? -1 : 1))) await tx.query('SELECT ledger.roll_up($1)', [day]);
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

/** What the lot paid for, oldest first, without runs that were given back. */
async function standingSpends({ tx, purchase, accounts }: Disputed): Promise<CapturedShare[]> {
  const spends = await spendsOfLot(tx, accounts.lot);
  const { rows } = await tx.query<{ ref: string }>(
    `SELECT DISTINCT e.ref FROM ledger.entry e JOIN ledger.purse p ON p.id = e.purse_id AND p.asset = 1 AND p.owner = $1
      WHERE e.code = 'run_refund' AND e.ref = ANY ($2)`,
    [purchase.userId, spends.map(({ ref }) => ref)],
  );
  const refunded = new Set(rows.map(({ ref }) => ref));
  return spends.filter(({ ref }) => !refunded.has(ref));
}

/** Shares that this dispute or another one of the same purchase has taken aside already. */
async function heldShares({ tx, purchase }: Disputed): Promise<Set<string>> {
  const { rows } = await tx.query<{ ref: string; leg: number }>(
    `SELECT p.capture_ref AS ref, p.capture_leg AS leg FROM card_dispute_part p JOIN card_dispute d ON d.id = p.dispute_id
      WHERE d.purchase_id = $1 AND p.is_earning AND p.state = 'held'`,
    [purchase.id],
  );
  return new Set(rows.map(nameOf));
}
