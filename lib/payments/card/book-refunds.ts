import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';
import { takeBack, takeUnspent } from '@/lib/credits/take-back';
import type { RefundFact } from '@/lib/stripe/card-api';
import { bonusLotOf, type CardPurchase } from './card-purchase';
import { giveBack } from './give-back';
import type { PurchaseAccounts } from './house-accounts';
import { creditsFor } from './shares';

type Known = { id: string; state: RefundFact['state']; amount_minor: string };

/**
 * Takes the credits of each new refund, the purchase's unspent ones first, then other purchased ones; the rest becomes debt. Unspent
 * bonus goes back in proportion, and nothing is owed for bonus that was spent. A refund that failed gives all of it back.
 */
export async function bookRefunds(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, refunds: RefundFact[]): Promise<boolean> {
  if (refunds.length === 0) return false;
  const { rows } = await tx.query<Known>('SELECT id, state, amount_minor FROM card_refund WHERE purchase_id = $1', [purchase.id]);
  const known = new Map(rows.map((row) => [row.id, row.state]));
  let before = rows.reduce((sum, row) => sum + BigInt(row.amount_minor), 0n);
  let changed = false;
  for (const refund of refunds) {
    const state = known.get(refund.id);
    if (state === refund.state || state === 'undone') continue;
    if (state === 'taken') await undo(tx, purchase, accounts, refund);
    else {
      await take(tx, purchase, accounts, { ...refund, before });
      before += refund.amountMinor;
    }
    changed = true;
  }
  return changed;
}

export const refundRef = (id: string) => derivedRef('card refund', id);
const bonusRefOf = (id: string) => derivedRef('card refund bonus', id);

async function take(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, refund: RefundFact & { before: bigint }): Promise<void> {
  const stretch = { before: refund.before, amount: refund.amountMinor, charged: purchase.chargedMinor };
  const millicredits = creditsFor(purchase.creditMillicredits, stretch);
  await tx.query('INSERT INTO card_refund (id, purchase_id, state, amount_minor, millicredits) VALUES ($1, $2, $3, $4, $5)', [
    refund.id,
    purchase.id,
    refund.state,
    refund.amountMinor,
    millicredits,
  ]);
  if (refund.state === 'undone') return;
  const common = { userId: purchase.userId, code: 'card_refund', about: purchase.id } as const;
  if (millicredits > 0n) {
    const bought = { lot: purchase.id, buckets: ['purchased' as const], credit: accounts.clearing, amountMillicredits: millicredits };
    const { owedMillicredits } = await takeBack(tx, { ...common, ...bought, ref: refundRef(refund.id) });
    if (owedMillicredits > 0n) purchase.owes = true;
  }
  const bonus = creditsFor(purchase.bonusMillicredits, stretch);
  if (bonus > 0n) {
    const given = { lot: bonusLotOf(purchase.id), buckets: [], credit: accounts.promotion, amountMillicredits: bonus };
    await takeUnspent(tx, { ...common, ...given, ref: bonusRefOf(refund.id) });
  }
}

async function undo(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, refund: RefundFact): Promise<void> {
  await tx.query(`UPDATE card_refund SET state = 'undone' WHERE id = $1`, [refund.id]);
  await giveBack(tx, purchase, accounts, refundRef(refund.id));
  await giveBack(tx, purchase, accounts, bonusRefOf(refund.id));
}
