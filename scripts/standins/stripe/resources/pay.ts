import { moveBalance } from '../balance';
import type { Charge, PaymentIntent, Session } from '../tables';
import { base, emit, get, newObjectId, seconds, type World } from '../world';
import { shown } from './checkout-sessions';

const intentOf = (world: World, session: Session): PaymentIntent => {
  if (session.payment_intent) return get(world.tables.payment_intents, 'payment_intent', session.payment_intent);
  const intent: PaymentIntent = {
    ...base('pi', session.intent_metadata),
    object: 'payment_intent',
    amount: session.amount_total,
    amount_received: 0,
    currency: session.currency,
    customer: session.customer,
    latest_charge: null,
    last_payment_error: null,
    status: 'requires_payment_method',
  };
  world.tables.payment_intents[intent.id] = intent;
  session.payment_intent = intent.id;
  emit(world, 'payment_intent.created', intent);
  return intent;
};

function newCharge(world: World, intent: PaymentIntent, paid: boolean): Charge {
  const charge: Charge = {
    ...base('ch', intent.metadata),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: null,
    captured: paid,
    currency: intent.currency,
    customer: intent.customer,
    disputed: false,
    failure_code: paid ? null : 'card_declined',
    paid,
    payment_intent: intent.id,
    receipt_url: null,
    refunded: false,
    status: paid ? 'succeeded' : 'failed',
  };
  if (paid) {
    charge.receipt_url = `${world.url}/_pages/receipt/${charge.id}`;
    const move = { type: 'charge', category: 'charge', source: charge.id, amount: charge.amount, currency: charge.currency, fee: 'card' as const };
    charge.balance_transaction = moveBalance(world, move).id;
  }
  world.tables.charges[charge.id] = charge;
  return charge;
}

/** The Pay button of the checkout page. */
export function paySession(world: World, session: Session): void {
  if (session.status !== 'open') return;
  const intent = intentOf(world, session);
  const charge = newCharge(world, intent, true);
  intent.latest_charge = charge.id;
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.last_payment_error = null;
  session.status = 'complete';
  session.payment_status = 'paid';
  if (session.invoice_creation.enabled) session.invoice = invoiceFor(world, session);
  emit(world, 'charge.succeeded', charge);
  emit(world, 'payment_intent.succeeded', intent);
  emit(world, 'checkout.session.completed', shown(session));
}

/** The Decline button: the session stays open, and another card may be tried. */
export function declineSession(world: World, session: Session): void {
  if (session.status !== 'open') return;
  const intent = intentOf(world, session);
  const charge = newCharge(world, intent, false);
  intent.latest_charge = charge.id;
  intent.last_payment_error = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' };
  emit(world, 'charge.failed', charge);
  emit(world, 'payment_intent.payment_failed', intent);
}

function invoiceFor(world: World, session: Session): string {
  const id = newObjectId('in');
  world.tables.invoices[id] = {
    id,
    object: 'invoice',
    created: seconds(),
    livemode: false,
    metadata: session.metadata,
    amount_paid: session.amount_total,
    currency: session.currency,
    customer: session.customer,
    hosted_invoice_url: `${world.url}/_pages/receipt/${session.payment_intent}`,
    number: `SIM-${Object.keys(world.tables.invoices).length + 1}`,
    status: 'paid',
    total: session.amount_total,
  };
  emit(world, 'invoice.paid', world.tables.invoices[id] ?? {});
  return id;
}
