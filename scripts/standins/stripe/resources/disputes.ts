import { DISPUTE_FEE, moveBalance } from '../balance';
import type { Charge, Dispute } from '../tables';
import { invalid } from '../wire/fault';
import { pageParams, paginate } from '../wire/paginate';
import { inner, integer, text } from '../wire/read';
import { base, emit, get, seconds, type World } from '../world';
import { type ApiRoute, newestFirst } from './route';

export type DisputeTerms = { amount?: number; inquiry?: boolean; currency?: string };

/** A customer's bank opens a dispute; an inquiry takes no money yet. */
export function openDispute(world: World, charge: Charge, terms: DisputeTerms = {}): Dispute {
  const dispute: Dispute = {
    ...base('du'),
    object: 'dispute',
    amount: terms.amount ?? charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    currency: terms.currency ?? charge.currency,
    evidence_details: { due_by: seconds() + 9 * 86_400, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: terms.inquiry === true,
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: terms.inquiry ? 'warning_needs_response' : 'needs_response',
  };
  world.tables.disputes[dispute.id] = dispute;
  charge.disputed = true;
  if (terms.inquiry) emit(world, 'charge.dispute.created', dispute);
  else withdraw(world, dispute, 'charge.dispute.created');
  return dispute;
}

function withdraw(world: World, dispute: Dispute, type: string): void {
  const move = { type: 'adjustment', category: 'dispute', source: dispute.id, amount: -dispute.amount, currency: dispute.currency, fee: DISPUTE_FEE };
  dispute.balance_transactions.push(moveBalance(world, move));
  dispute.is_charge_refundable = false;
  emit(world, type, dispute);
  emit(world, 'charge.dispute.funds_withdrawn', dispute);
}

function reinstate(world: World, dispute: Dispute): void {
  const move = { type: 'adjustment', category: 'dispute_reversal', source: dispute.id, amount: dispute.amount, currency: dispute.currency };
  dispute.balance_transactions.push(moveBalance(world, move));
}

export type DisputeStep = 'escalate' | 'submit' | 'win' | 'lose' | 'close_inquiry' | 'appeal' | 'prevent';

/** One step of a dispute's life, as the banks decide it. */
export function stepDispute(world: World, dispute: Dispute, step: DisputeStep): Dispute {
  switch (step) {
    case 'escalate':
      dispute.status = 'needs_response';
      withdraw(world, dispute, 'charge.dispute.updated');
      return dispute;
    case 'submit':
      dispute.evidence_details = { ...dispute.evidence_details, has_evidence: true, submission_count: 1 };
      return become(world, dispute, dispute.status.startsWith('warning') ? 'warning_under_review' : 'under_review', 'charge.dispute.updated');
    case 'appeal':
      if (dispute.status !== 'lost') throw invalid('Only a lost dispute can be appealed.');
      return become(world, dispute, 'appeal_under_review', 'charge.dispute.updated');
    case 'win':
      reinstate(world, dispute);
      become(world, dispute, 'won', 'charge.dispute.closed');
      emit(world, 'charge.dispute.funds_reinstated', dispute);
      return dispute;
    case 'lose':
      return become(world, dispute, 'lost', 'charge.dispute.closed');
    case 'close_inquiry':
      return become(world, dispute, 'warning_closed', 'charge.dispute.closed');
    case 'prevent':
      return become(world, dispute, 'prevented', 'charge.dispute.closed');
    default:
      throw invalid(`No such step of a dispute: ${step satisfies never}.`);
  }
}

function become(world: World, dispute: Dispute, status: string, type: string): Dispute {
  dispute.status = status;
  if (status === 'won' || status === 'warning_closed') dispute.is_charge_refundable = true;
  emit(world, type, dispute);
  return dispute;
}

export const disputeRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/disputes',
    params: { ...pageParams, charge: 'string', payment_intent: 'string', created: { gte: 'integer' } },
    handle: ({ world, params }) => {
      const [charge, intent] = [text(params, 'charge'), text(params, 'payment_intent')];
      const since = integer(inner(params, 'created'), 'gte') ?? 0;
      const found = newestFirst(world.tables.disputes).filter(
        (dispute) => (!charge || dispute.charge === charge) && (!intent || dispute.payment_intent === intent) && dispute.created >= since,
      );
      return paginate('/v1/disputes', found, params);
    },
  },
  {
    method: 'GET',
    path: '/v1/disputes/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => get(world.tables.disputes, 'dispute', ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: '/v1/disputes/*',
    params: {
      evidence: { uncategorized_text: 'string', product_description: 'string', service_documentation: 'string' },
      metadata: 'map',
      submit: 'boolean',
      expand: ['string'],
    },
    handle: ({ world, params, ids }) => {
      const dispute = get(world.tables.disputes, 'dispute', ids[0] ?? '');
      return params.submit === true ? stepDispute(world, dispute, 'submit') : dispute;
    },
  },
  {
    method: 'POST',
    path: '/v1/disputes/*/close',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => stepDispute(world, get(world.tables.disputes, 'dispute', ids[0] ?? ''), 'lose'),
  },
];
