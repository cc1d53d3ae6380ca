import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { lockCollectors } from '@/lib/credits/lock-collectors';
import { type CapturedShare, spendsOfLot } from '@/lib/credits/spends';
import { bonusLotOf, type CardPurchase } from './card-purchase';

/**
 * The accounts that a purchase's credits move between. `spends`, `bonusSpends`: what its lot and its bonus paid for, oldest first, where that is
 * disputed.
 */
export type PurchaseAccounts = {
  clearing: bigint;
  promotion: bigint;
  debt: bigint;
  lot: bigint;
  spends: CapturedShare[];
  bonusSpends: CapturedShare[];
};

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
  const bonusLot = isDisputed ? await findBonusLot(tx, userId, id) : null;
  const look = async () => ({
    spends: isDisputed ? await spendsOfLot(tx, accounts.lot) : [],
    bonusSpends: bonusLot ? await spendsOfLot(tx, bonusLot) : [],
  });
  const before = await look();
  const days = daysOf([...before.spends, ...before.bonusSpends]);
  await lockCollectors(tx, [userId], [...Object.values(accounts), ...days]);
  const after = await look();
  return daysOf([...after.spends, ...after.bonusSpends]).every((day) => days.includes(day)) ? { ...accounts, ...after } : null;
}

async function findBonusLot(tx: PoolClient, userId: string, purchaseId: string): Promise<bigint | null> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM ledger.account WHERE asset = 1 AND kind = 'collector_bonus' AND owner = $1 AND sub = $2`,
    [userId, bonusLotOf(purchaseId)],
  );
  return rows[0] ? BigInt(rows[0].id) : null;
}

const daysOf = (spends: CapturedShare[]): bigint[] => [
  ...new Set(spends.filter(({ kind }) => kind === 'creator_pending').map(({ account }) => account)),
];

/** Where disputed credits and earnings of a purchase stand until it is decided. */
export const reserveOf = (tx: PoolClient, purchaseId: string): Promise<bigint> => openAccount(tx, 'dispute_reserve', 'house', { sub: purchaseId });
