import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { lockCollectors } from '@/lib/credits/lock-collectors';
import { type CapturedShare, spendsOfLot } from '@/lib/credits/spends';
import type { CardPurchase } from './card-purchase';

/** The accounts that a purchase's credits move between. `spends`: what its lot paid for, oldest first, where that is disputed. */
export type PurchaseAccounts = { clearing: bigint; promotion: bigint; debt: bigint; lot: bigint; spends: CapturedShare[] };

/**
 * Opens them, and locks them with everything else that may move: the collector's lots, and the days of the creators whose earnings a
 * dispute may take aside, so that none of these can mature between the look and the move. Null when the lot paid for a run meanwhile,
 * whose day is not locked then.
 */
export async function lockAccounts(tx: PoolClient, { id, userId }: CardPurchase, isDisputed: boolean): Promise<PurchaseAccounts | null> {
  const accounts = {
    clearing: await openAccount(tx, 'card_clearing', 'house'),
    promotion: await openAccount(tx, 'promotion', 'house'),
    debt: await openAccount(tx, 'collector_debt', userId),
    lot: await openAccount(tx, 'collector_purchased', userId, { sub: id }),
  };
  const days = isDisputed ? daysOf(await spendsOfLot(tx, accounts.lot)) : [];
  await lockCollectors(tx, [userId], [...Object.values(accounts), ...days]);
  const spends = isDisputed ? await spendsOfLot(tx, accounts.lot) : [];
  return daysOf(spends).every((day) => days.includes(day)) ? { ...accounts, spends } : null;
}

const daysOf = (spends: CapturedShare[]): bigint[] => [
  ...new Set(spends.filter(({ kind }) => kind === 'creator_pending').map(({ account }) => account)),
];

/** Where disputed credits and earnings of a purchase stand until it is decided. */
export const reserveOf = (tx: PoolClient, purchaseId: string): Promise<bigint> => openAccount(tx, 'dispute_reserve', 'house', { sub: purchaseId });
