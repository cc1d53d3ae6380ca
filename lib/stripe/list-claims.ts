import type Stripe from 'stripe';
import type { ListedDispute, ListedRefund } from './card-api';
import { all, toDisputeFact, toRefundFact } from './read-payment';

/** Everything in the account, or what was made since a time. */
export async function listRefunds(stripe: Stripe, since?: Date): Promise<ListedRefund[]> {
  const refunds = await all(stripe.refunds.list(pageSince(since)));
  return refunds.map((refund) => ({ ...toRefundFact(refund), ...placeOf(refund), currency: refund.currency }));
}

export async function listDisputes(stripe: Stripe, since?: Date): Promise<ListedDispute[]> {
  const disputes = await all(stripe.disputes.list(pageSince(since)));
  return disputes.map((dispute) => ({ ...toDisputeFact(dispute), ...placeOf(dispute) }));
}

const pageSince = (since?: Date) => ({ limit: 100, ...(since && { created: { gte: Math.floor(since.getTime() / 1000) } }) });

type Reference = string | { id: string } | null | undefined;
export const idOf = (reference: Reference): string | null => (typeof reference === 'string' ? reference : (reference?.id ?? null));
export const moment = (seconds: number) => new Date(seconds * 1000);
const placeOf = ({ payment_intent, created }: { payment_intent: Reference; created: number }) => ({
  paymentIntentId: idOf(payment_intent),
  at: moment(created),
});
