import { moveBalance } from '../balance';
import type { Charge, Refund } from '../tables';
import { invalid } from '../wire/fault';
import { pageParams, paginate } from '../wire/paginate';
import { inner, integer, metadata, text } from '../wire/read';
import { base, emit, get, type World } from '../world';
import { type ApiRoute, type Call, newestFirst } from './route';

function chargeOf({ world, params }: Call): Charge {
  const intent = text(params, 'payment_intent');
  if (intent) {
    const latest = get(world.tables.payment_intents, 'payment_intent', intent, 'payment_intent').latest_charge;
    return get(world.tables.charges, 'charge', latest ?? '');
  }
  return get(world.tables.charges, 'charge', text(params, 'charge') ?? '', 'charge');
}

function create(call: Call): Refund {
  const { world, params } = call;
  const charge = chargeOf(call);
  return refundCharge(world, charge, { amount: integer(params, 'amount'), reason: text(params, 'reason'), metadata: metadata(params) });
}

type Terms = { amount?: number | null; reason?: string | null; metadata?: Record<string, string>; status?: Refund['status'] };

export function refundCharge(world: World, charge: Charge, terms: Terms = {}): Refund {
  const open = newestFirst(world.tables.disputes).find((dispute) => dispute.charge === charge.id && !dispute.is_charge_refundable);
  if (open) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  const left = charge.amount - charge.amount_refunded;
  const amount = terms.amount ?? left;
  if (left <= 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (amount > left || amount < 1)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  const refund: Refund = {
    ...base('re', terms.metadata),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    currency: charge.currency,
    payment_intent: charge.payment_intent,
    reason: terms.reason ?? null,
    status: terms.status ?? 'succeeded',
  };
  const move = { type: 'refund', category: 'refund', source: refund.id, amount: -amount, currency: charge.currency };
  refund.balance_transaction = moveBalance(world, move).id;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  world.tables.refunds[refund.id] = refund;
  emit(world, 'refund.created', refund);
  emit(world, 'charge.refunded', charge);
  return refund;
}

/** A refund that the customer's bank sent back, or that was cancelled: the money is the platform's again. */
export function failRefund(world: World, refund: Refund, status: 'failed' | 'canceled'): Refund {
  const charge = get(world.tables.charges, 'charge', refund.charge);
  if (refund.status === 'failed' || refund.status === 'canceled') throw invalid('This refund has ended already.');
  refund.status = status;
  if (status === 'failed') refund.failure_reason = 'lost_or_stolen_card';
  const move = { type: 'refund_failure', category: 'refund_failure', source: refund.id, amount: refund.amount, currency: refund.currency };
  refund.failure_balance_transaction = moveBalance(world, move).id;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  emit(world, status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  return refund;
}

export const refundRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/refunds',
    params: {
      charge: 'string',
      payment_intent: 'string',
      amount: 'integer',
      reason: 'string',
      metadata: 'map',
      instructions_email: 'string',
      expand: ['string'],
    },
    handle: create,
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    params: { ...pageParams, charge: 'string', payment_intent: 'string', created: { gte: 'integer' } },
    handle: ({ world, params }) => {
      const [charge, intent] = [text(params, 'charge'), text(params, 'payment_intent')];
      const since = integer(inner(params, 'created'), 'gte') ?? 0;
      const found = newestFirst(world.tables.refunds).filter(
        (refund) => (!charge || refund.charge === charge) && (!intent || refund.payment_intent === intent) && refund.created >= since,
      );
      return paginate('/v1/refunds', found, params);
    },
  },
  {
    method: 'GET',
    path: '/v1/refunds/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => get(world.tables.refunds, 'refund', ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: '/v1/refunds/*/cancel',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => {
      const refund = get(world.tables.refunds, 'refund', ids[0] ?? '');
      if (refund.status !== 'requires_action') throw invalid('Only refunds that require action can be canceled.');
      return failRefund(world, refund, 'canceled');
    },
  },
];
