import type { DisputeFact, RefundFact } from './card-api';
import type { ConnectTransfer } from './connect-api';

type OfPayment = { paymentIntentId: string | null; at: Date };
/** A payment that was taken from a customer. `purchaseId`: ours, if it says so. */
export type ListedCharge = OfPayment & { id: string; purchaseId: string | null; amountMinor: bigint; currency: string };
export type ListedRefund = OfPayment & RefundFact & { currency: string };
export type ListedDispute = OfPayment & DisputeFact;
export type ListedTransfer = ConnectTransfer & { payoutId: string | null; at: Date };

/** Everything that happened in our account at Stripe, for those who compare it with the books. */
export interface AccountReader {
  listCharges(): Promise<ListedCharge[]>;
  listRefunds(): Promise<ListedRefund[]>;
  listDisputes(): Promise<ListedDispute[]>;
  listTransfers(): Promise<ListedTransfer[]>;
  /** Where a person sees an object in Stripe's dashboard; null where there is none to see. */
  pageOf(kind: 'payments' | 'disputes' | 'connect/transfers', id: string): string | null;
}
