/** A customer's purchase by card as Stripe has it now: what the books are brought to. Amounts are minor units of `currency`. */
export type PaymentReading = {
  session: 'open' | 'expired' | 'complete';
  paid: PaidFact | null;
  /** Oldest first. */
  refunds: RefundFact[];
  disputes: DisputeFact[];
};
export type PaidFact = { paymentIntentId: string; chargeId: string; amountMinor: bigint; currency: string; receiptUrl: string | null };
/** `undone`: it failed or was cancelled, and the money is ours again. */
export type RefundFact = { id: string; amountMinor: bigint; state: 'taken' | 'undone' };
/** `inquiry`: a question, no money was taken. `closed`: over, and no money was taken. */
export type DisputeState = 'inquiry' | 'open' | 'won' | 'lost' | 'closed';
export type DisputeFact = { id: string; amountMinor: bigint; currency: string; state: DisputeState };

export type CheckoutTerms = {
  purchaseId: string;
  customerId: string;
  title: string;
  amountMinor: bigint;
  currency: string;
  successUrl: string;
  cancelUrl: string;
  withTax: boolean;
};

type OfPayment = { paymentIntentId: string | null; at: Date };
export type ListedRefund = OfPayment & RefundFact & { currency: string };
export type ListedDispute = OfPayment & DisputeFact;

/** What card payments need of Stripe. */
export interface CardApi {
  /** The same one for the same user, also when it is asked for again. */
  createCustomer(input: { userId: string }): Promise<{ customerId: string }>;
  /** The same one for the same purchase. */
  createCheckout(terms: CheckoutTerms): Promise<{ sessionId: string; url: string }>;
  /** The page where a customer sees invoices and billing details. */
  createPortal(input: { customerId: string; returnUrl: string }): Promise<{ url: string }>;
  readPayment(sessionId: string): Promise<PaymentReading>;
  /** All that were made or opened since then, of whatever payment. */
  listRefunds(since: Date): Promise<ListedRefund[]>;
  listDisputes(since: Date): Promise<ListedDispute[]>;
  /** Our purchase that a payment belongs to; null for payments that are not ours. */
  findPurchase(paymentIntentId: string): Promise<string | null>;
}
