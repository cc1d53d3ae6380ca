import { debtFreeze } from '@/lib/credits/credit-collector';
import { freezeSpending } from '@/lib/credits/freeze-spending';
import { mustPost } from '@/lib/credits/post-transfer';
import { takeUnspent } from '@/lib/credits/take-back';
import { bonusLotOf } from './card-purchase';
import { addPart, loadParts, nextRef, setPart, sumOf } from './dispute-rows';
import type { Disputed } from './disputed';
import { forgive } from './give-back';
import { disputeFreeze } from './hold-disputed';
import { reserveOf } from './house-accounts';
import { releaseDisputed } from './release-disputed';

/**
 * A dispute was lost: the unspent part is gone with the money, and the collector owes what they had spent of it, so that their spending
 * stays frozen. What creators had earned of that stays aside until it is repaid (settle-debts.ts).
 */
export async function loseDispute(of: Disputed): Promise<void> {
  const { tx, purchase, accounts, dispute } = of;
  const unspent = (await loadParts(tx, dispute.id)).filter(({ state, earning }) => state === 'held' && earning === null);
  const reserve = await reserveOf(tx, purchase.id);
  for (const { ordinal, millicredits } of unspent) {
    const move = { debit: reserve, credit: accounts.clearing, amountMillicredits: millicredits, code: 'dispute_lost' as const };
    await mustPost(tx, { ...move, ref: nextRef(dispute) });
    await setPart(tx, dispute.id, ordinal, 'lost');
  }
  await takeBonus(of);
  const spent = dispute.millicredits - sumOf(unspent);
  if (spent > 0n) {
    await mustPost(tx, { ref: nextRef(dispute), debit: accounts.debt, credit: accounts.clearing, amountMillicredits: spent, code: 'debt' });
    await freezeSpending(tx, { userId: purchase.userId, ref: debtFreeze(purchase.userId), on: true });
    purchase.owes = true;
  }
  await freezeSpending(tx, { userId: purchase.userId, ref: disputeFreeze(dispute.id), on: false });
}

async function takeBonus({ tx, purchase, accounts, dispute }: Disputed): Promise<void> {
  const amountMillicredits = (purchase.bonusMillicredits * dispute.millicredits) / purchase.creditMillicredits;
  if (amountMillicredits === 0n) return;
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM ledger.account WHERE asset = 1 AND kind = 'collector_bonus' AND owner = $1 AND sub = $2`,
    [purchase.userId, bonusLotOf(purchase.id)],
  );
  const given = { userId: purchase.userId, lot: bonusLotOf(purchase.id), buckets: [], credit: accounts.promotion, code: 'bonus_expired' as const };
  const taken = await takeUnspent(tx, { ...given, ref: nextRef(dispute), amountMillicredits, about: purchase.id });
  if (taken > 0n && rows[0]) await addPart(tx, dispute.id, { state: 'lost', account: BigInt(rows[0].id), millicredits: taken, earning: null });
}

/** A lost dispute was won on appeal: as if it had never been lost. What the collector repaid of the debt comes back as credits. */
export async function winLostDispute(of: Disputed): Promise<void> {
  const { tx, purchase, accounts, dispute } = of;
  const parts = await loadParts(tx, dispute.id);
  const bought = parts.filter(({ account, earning }) => earning === null && account === accounts.lot);
  for (const part of parts.filter(({ state }) => state === 'lost')) {
    const debit = part.account === accounts.lot ? accounts.clearing : accounts.promotion;
    const move = { debit, credit: part.account, amountMillicredits: part.millicredits, code: 'dispute_won' as const };
    await mustPost(tx, { ...move, ref: nextRef(dispute), about: purchase.id });
    await setPart(tx, dispute.id, part.ordinal, 'returned');
  }
  const spent = dispute.millicredits - sumOf(bought);
  if (spent > 0n) await forgive(tx, purchase, accounts, { ref: nextRef(dispute), leg: 0, amountMillicredits: spent, code: 'dispute_won' });
  await releaseDisputed(of);
}
