import type { ListedDispute, ListedRefund } from './card-api';
import type { ConnectTransfer } from './connect-api';

/** A payment that was taken from a customer. `purchaseId`: ours, if it says so. */
export type ListedCharge = { id: string; paymentIntentId: string | null; purchaseId: string | null; amountMinor: bigint; currency: string; at: Date };
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
