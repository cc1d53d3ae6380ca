import 'server-only';
import type { Database } from '@/lib/db';
import type { CardApi } from '@/lib/stripe/card-api';
import type { EventHandler } from '@/lib/stripe/handle-event';
import type { StripeEvent } from '@/lib/stripe/verify-webhook';
import { uuidInput } from '@/lib/uuid-input';
import { syncPurchase } from './sync-purchase';

/** What can change a purchase. All of them do the same: they say which one to look at. */
export const cardEventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'charge.succeeded',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;

export const cardEvents = (openApi: () => CardApi): EventHandler => ({
  types: cardEventTypes,
  handle: (db, event) => handleCardEvent(db, openApi(), event),
});

async function handleCardEvent(db: Database, api: CardApi, event: StripeEvent): Promise<void> {
  // What happens in a connected account is its owner's word, and no payment of ours.
  if (event.accountId) return;
  const purchaseId = uuidInput.safeParse(event.purchaseId ?? (await purchaseOf(db, api, event.paymentIntentId))).data;
  // Payments that somebody took otherwise with the same account are not ours.
  if (!purchaseId) return;
  await syncPurchase(db, api, purchaseId, event.type.startsWith('checkout.session.') ? event.objectId : undefined);
}

/** Refunds and disputes name the payment only; an early one may come before we know which purchase that is. */
async function purchaseOf({ pool }: Database, api: CardApi, paymentIntentId: string | null): Promise<string | null> {
  if (!paymentIntentId) return null;
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM card_purchase WHERE payment_intent_id = $1', [paymentIntentId]);
  return rows[0]?.id ?? api.findPurchase(paymentIntentId);
}
