import type { PoolClient } from 'pg';
import type { CardPurchase } from './card-purchase';
import type { DisputeRow } from './dispute-rows';
import type { PurchaseAccounts } from './house-accounts';

/** A dispute with what it concerns, in the transaction that books it. */
export type Disputed = {
  tx: PoolClient;
  purchase: CardPurchase;
  accounts: PurchaseAccounts;
  dispute: DisputeRow;
  /** The purchase's disputes that we saw before it. */
  earlier: DisputeRow[];
};
