import type { AccountReader, ListedCharge } from '@/lib/stripe/account-reader';
import { amountFinding, type Finding, factFinding } from '../finding';
import type { PurchaseRow } from './card-rows';
import { isYoung } from './minutes';

/** Every charge belongs to a paid purchase of the same amount, and every paid purchase to a charge. */
export function compareCharges(purchases: PurchaseRow[], charges: ListedCharge[], reader: AccountReader): Finding[] {
  const byIntent = new Map(purchases.filter(({ state }) => state === 'paid').map((purchase) => [purchase.paymentIntentId, purchase]));
  const byId = new Map(purchases.map((purchase) => [purchase.id, purchase]));
  const charged = new Set(charges.map(({ paymentIntentId }) => paymentIntentId));
  const missing = [...byIntent.values()].filter(({ paymentIntentId }) => !charged.has(paymentIntentId)).map(neverCharged);
  return [
    ...charges.flatMap((charge) => {
      const purchase = byIntent.get(charge.paymentIntentId);
      const href = charge.paymentIntentId ? reader.pageOf('payments', charge.paymentIntentId) : null;
      if (purchase) return differing(charge, purchase, href);
      return [uncredited(charge, byId.get(charge.purchaseId ?? ''), href)];
    }),
    ...missing,
  ];
}

function uncredited(
  { id, amountMinor, currency, at, paymentIntentId, purchaseId }: ListedCharge,
  purchase: PurchaseRow | undefined,
  href: string | null,
): Finding {
  const told = { subject: `charge ${id}`, href };
  if (!purchase) {
    const whose = purchaseId ? `a purchase (${purchaseId}) that is not in our database` : 'no purchase of ours';
    const explanation = `A customer was charged, and the payment names ${whose}. If it is not of another system that shares the account, refund it.`;
    return amountFinding({ ...told, kind: 'charge_without_purchase', explanation }, `minor ${currency}`, 0n, amountMinor);
  }
  const severity = isYoung(at) ? 'in_flight' : 'difference';
  const explanation = isYoung(at)
    ? 'A customer has just paid; the event that tells us of it is on its way, or is being handled.'
    : `A customer paid (${paymentIntentId}), and purchase ${purchase.id} is still ${purchase.state}: nothing was credited. See whether events arrive, and the errors of their rows.`;
  return amountFinding({ ...told, kind: 'paid_not_credited', severity, explanation }, `minor ${currency}`, amountMinor, purchase.charged);
}

function differing(charge: ListedCharge, purchase: PurchaseRow, href: string | null): Finding[] {
  const told = { subject: `purchase ${purchase.id}`, href };
  if (charge.currency !== purchase.currency) {
    const explanation = 'It was charged in another currency than the purchase says.';
    return [factFinding({ ...told, kind: 'wrong_currency', explanation }, charge.currency, purchase.currency)];
  }
  if (charge.amountMinor === purchase.charged) return [];
  const explanation = 'Another amount was charged than our row says. Refunds and disputes are shared out by that amount: correct it.';
  return [amountFinding({ ...told, kind: 'wrong_amount', explanation }, `minor ${charge.currency}`, charge.amountMinor, purchase.charged)];
}

function neverCharged({ id, currency, charged, paymentIntentId }: PurchaseRow): Finding {
  const explanation = `Credits were given for a payment (${paymentIntentId ?? 'none named'}) that the card processor does not have. Take them back, and find out who wrote the row.`;
  return amountFinding({ kind: 'never_charged', subject: `purchase ${id}`, explanation }, `minor ${currency}`, 0n, charged);
}
