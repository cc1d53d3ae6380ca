import type { Remembered } from './wire/idempotency';

// What the stand-in keeps of each object: the fields of the pinned version that a reader of ours, or a person looking, may want.
type Base<O extends string> = { id: string; object: O; created: number; livemode: false; metadata: Record<string, string> };

export type Customer = Base<'customer'> & { email: string | null; name: string | null; description: string | null };
export type Session = Base<'checkout.session'> & {
  amount_subtotal: number;
  amount_total: number;
  automatic_tax: { enabled: boolean; status: string | null };
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string;
  customer: string | null;
  expires_at: number;
  invoice: string | null;
  invoice_creation: { enabled: boolean };
  mode: 'payment';
  payment_intent: string | null;
  payment_status: 'paid' | 'unpaid' | 'no_payment_required';
  status: 'open' | 'complete' | 'expired';
  success_url: string | null;
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number };
  ui_mode: 'hosted_page';
  url: string | null;
  /** Kept here; the API hides them behind calls of their own. */
  intent_metadata: Record<string, string>;
  description: string;
};
export type PaymentIntent = Base<'payment_intent'> & {
  amount: number;
  amount_received: number;
  currency: string;
  customer: string | null;
  latest_charge: string | null;
  last_payment_error: { type: string; code: string; message: string } | null;
  status: 'requires_payment_method' | 'processing' | 'succeeded' | 'canceled';
};
export type Charge = Base<'charge'> & {
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
  captured: boolean;
  currency: string;
  customer: string | null;
  disputed: boolean;
  failure_code: string | null;
  paid: boolean;
  payment_intent: string;
  receipt_url: string | null;
  refunded: boolean;
  status: 'succeeded' | 'pending' | 'failed';
};
export type Refund = Base<'refund'> & {
  amount: number;
  balance_transaction: string | null;
  charge: string;
  currency: string;
  failure_balance_transaction?: string;
  failure_reason?: string;
  payment_intent: string;
  reason: string | null;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
};
export type Dispute = Base<'dispute'> & {
  amount: number;
  balance_transactions: BalanceTransaction[];
  charge: string;
  currency: string;
  evidence_details: { due_by: number | null; has_evidence: boolean; past_due: boolean; submission_count: number };
  is_charge_refundable: boolean;
  payment_intent: string;
  reason: string;
  status: string;
};
export type BalanceTransaction = Omit<Base<'balance_transaction'>, 'livemode' | 'metadata'> & {
  amount: number;
  available_on: number;
  currency: string;
  description: string | null;
  exchange_rate: number | null;
  fee: number;
  fee_details: { amount: number; application: null; currency: string; description: string; type: string }[];
  net: number;
  reporting_category: string;
  source: string;
  status: 'available' | 'pending';
  type: string;
};
export type Invoice = Base<'invoice'> & {
  amount_paid: number;
  currency: string;
  customer: string | null;
  hosted_invoice_url: string;
  number: string;
  status: 'paid';
  total: number;
};
export type Account = Omit<Base<'account'>, 'livemode'> & {
  capabilities: { transfers: 'active' | 'inactive' | 'pending' };
  charges_enabled: boolean;
  controller: {
    type: 'application';
    fees: { payer: string };
    losses: { payments: string };
    requirement_collection: string;
    stripe_dashboard: { type: string };
  };
  country: string;
  default_currency: string;
  details_submitted: boolean;
  email: string | null;
  payouts_enabled: boolean;
  requirements: { currently_due: string[]; disabled_reason: string | null; eventually_due: string[]; past_due: string[] };
  type: 'none';
};
export type Transfer = Base<'transfer'> & {
  amount: number;
  amount_reversed: number;
  balance_transaction: string | null;
  currency: string;
  description: string | null;
  destination: string;
  reversed: boolean;
  source_transaction: string | null;
  transfer_group: string | null;
};
export type Reversal = Omit<Base<'transfer_reversal'>, 'livemode'> & {
  amount: number;
  balance_transaction: string | null;
  currency: string;
  transfer: string;
};
export type StripeEvent = {
  id: string;
  object: 'event';
  account?: string;
  api_version: string;
  created: number;
  data: { object: unknown };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};
/** Pages a person is sent to: customer portal, onboarding. */
export type Link = { id: string; kind: 'portal' | 'onboarding'; of: string; back: string; expires_at: number };

export const emptyTables = () => ({
  customers: {} as Record<string, Customer>,
  sessions: {} as Record<string, Session>,
  payment_intents: {} as Record<string, PaymentIntent>,
  charges: {} as Record<string, Charge>,
  refunds: {} as Record<string, Refund>,
  disputes: {} as Record<string, Dispute>,
  balance_transactions: {} as Record<string, BalanceTransaction>,
  invoices: {} as Record<string, Invoice>,
  accounts: {} as Record<string, Account>,
  transfers: {} as Record<string, Transfer>,
  reversals: {} as Record<string, Reversal>,
  events: {} as Record<string, StripeEvent>,
  links: {} as Record<string, Link>,
  /** Events that no endpoint has taken yet, with the attempts so far. */
  undelivered: {} as Record<string, number>,
  idempotency: {} as Record<string, Remembered>,
});
export type Tables = ReturnType<typeof emptyTables>;
