import type { PoolClient } from 'pg';
import { creditCollector } from '@/lib/credits/credit-collector';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { PaidFact } from '@/lib/stripe/card-api';
import { bonusLotOf, type CardPurchase } from './card-purchase';
import type { PurchaseAccounts } from './house-accounts';

const DAY_MS = 24 * 3600_000;

/** Gives the credits of a paid purchase, once. Returns whether it was now. */
export async function bookPayment(tx: PoolClient, purchase: CardPurchase, accounts: PurchaseAccounts, paid: PaidFact): Promise<boolean> {
  if (purchase.state === 'paid') return false;
  if (paid.currency !== purchase.currency || paid.amountMinor < purchase.amountMinor) {
    throw new AppError('internal', { cause: new Error(`purchase ${purchase.id} was charged ${paid.amountMinor} ${paid.currency}`) });
  }
  const { id, userId, creditMillicredits, bonusMillicredits } = purchase;
  const bought = { bucket: 'purchased', debit: accounts.clearing, amountMillicredits: creditMillicredits, code: 'purchase' } as const;
  await creditCollector(tx, { ...bought, userId, ref: id });
  if (bonusMillicredits > 0n) {
    const given = { bucket: 'bonus', debit: accounts.promotion, amountMillicredits: bonusMillicredits, code: 'bonus' } as const;
    const expiresAt = new Date(Date.now() + env.CARD_BONUS_DAYS * DAY_MS);
    await creditCollector(tx, { ...given, userId, ref: bonusLotOf(id), about: id, expiresAt });
  }
  await tx.query(
    `UPDATE card_purchase SET state = 'paid', charged_minor = $2, payment_intent_id = $3, receipt_url = $4, paid_at = now() WHERE id = $1`,
    [id, paid.amountMinor, paid.paymentIntentId, paid.receiptUrl],
  );
  purchase.state = 'paid';
  purchase.chargedMinor = paid.amountMinor;
  return true;
}
