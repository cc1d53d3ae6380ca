import type Stripe from 'stripe';
import { log } from '@/lib/log';
import type { DisputeFact, DisputeState, PaidFact, PaymentReading, RefundFact } from './card-api';

/** Reads a purchase from Stripe. Three calls: what each says is at least as new as the moment this began. */
export async function readPayment(stripe: Stripe, sessionId: string): Promise<PaymentReading> {
  const session = await stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent.latest_charge'] });
  const paid = paidFact(session);
  const state = sessionState(session);
  if (!paid) return { session: state, paid, refunds: [], disputes: [] };
  const of = { payment_intent: paid.paymentIntentId, limit: 100 };
  const [refunds, disputes] = await Promise.all([all(stripe.refunds.list(of)), all(stripe.disputes.list(of))]);
  return {
    session: state,
    paid,
    refunds: refunds.sort(byAge).map(toRefundFact),
    disputes: disputes.sort(byAge).map(toDisputeFact),
  };
}

export const toRefundFact = ({ id, amount, status }: Stripe.Refund): RefundFact => ({
  id,
  amountMinor: BigInt(amount),
  state: status === 'failed' || status === 'canceled' ? 'undone' : 'taken',
});

export const toDisputeFact = (dispute: Stripe.Dispute): DisputeFact => ({
  id: dispute.id,
  amountMinor: BigInt(dispute.amount),
  currency: dispute.currency,
  state: disputeState(dispute),
});

/** A delayed payment (a bank debit) that failed ends the purchase as an expired page does: this one cannot be paid any more. */
function sessionState({ status, payment_status, payment_intent: intent }: Stripe.Checkout.Session): PaymentReading['session'] {
  // Compared one by one: the SDK's type leaves room for states that come later.
  if (status === 'open') return 'open';
  if (status === 'expired') return 'expired';
  const failed =
    payment_status === 'unpaid' && intent && typeof intent !== 'string' && ['requires_payment_method', 'canceled'].includes(intent.status);
  return failed ? 'expired' : 'complete';
}

const byAge = (a: { created: number; id: string }, b: { created: number; id: string }) => a.created - b.created || a.id.localeCompare(b.id);

/** Every item of a list, page after page. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of list) found.push(item);
  return found;
}

function paidFact({ payment_status, payment_intent: intent }: Stripe.Checkout.Session): PaidFact | null {
  if (payment_status !== 'paid' || !intent || typeof intent === 'string') return null;
  const charge = intent.latest_charge;
  if (!charge || typeof charge === 'string' || !charge.paid) return null;
  const { amount_captured, currency, receipt_url } = charge;
  return { paymentIntentId: intent.id, chargeId: charge.id, amountMinor: BigInt(amount_captured), currency, receiptUrl: receipt_url };
}

const disputeStates: Record<string, DisputeState> = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'closed',
  prevented: 'closed',
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
  // An appeal follows a loss, and the money stays away until it is won.
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
};

/** A status that this version does not know is open where money was taken: the careful reading. */
function disputeState({ id, status, balance_transactions }: Stripe.Dispute): DisputeState {
  const known = disputeStates[status];
  if (known) return known;
  log.error({ dispute: id, status }, 'unknown status of a dispute');
  return balance_transactions.reduce((sum, line) => sum + line.amount, 0) < 0 ? 'open' : 'inquiry';
}
