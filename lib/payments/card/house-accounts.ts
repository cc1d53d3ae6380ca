import type { PoolClient } from 'pg';
import { openAccount, openPurse } from '@/lib/credits/accounts';
import type { CardPurchase } from './card-purchase';

/** The accounts that a purchase's credits move between, beside those of the creators it paid. */
export type PurchaseAccounts = { clearing: bigint; promotion: bigint; debt: bigint; lot: bigint };

/**
 * Opens them, and locks them with the collector's lots in the order that every other transaction takes: what follows then waits for
 * nobody while somebody waits for it.
 */
export async function lockAccounts(tx: PoolClient, { id, userId }: CardPurchase): Promise<PurchaseAccounts> {
  const accounts = {
    clearing: await openAccount(tx, 'card_clearing', 'house'),
    promotion: await openAccount(tx, 'promotion', 'house'),
    debt: await openAccount(tx, 'collector_debt', userId),
    lot: await openAccount(tx, 'collector_purchased', userId, { sub: id }),
  };
  const kinds = ['collector_purchased', 'collector_bonus', 'collector_onchain'];
  await tx.query('SELECT FROM ledger.lock_lots($1, NULL, $2::ledger.account_kind[], $3)', [
    await openPurse(tx, userId),
    kinds,
    Object.values(accounts),
  ]);
  return accounts;
}

/** Where disputed credits and earnings of a purchase stand until it is decided. */
export const reserveOf = (tx: PoolClient, purchaseId: string): Promise<bigint> => openAccount(tx, 'dispute_reserve', 'house', { sub: purchaseId });
