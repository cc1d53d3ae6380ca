import type { PoolClient } from 'pg';
import { derivedRef } from '@/lib/credits/derived-ref';

/** A purchase, locked for the transaction that reads it. */
export type CardPurchase = {
  id: string;
  userId: string;
  state: 'open' | 'paid' | 'expired';
  creditMillicredits: bigint;
  bonusMillicredits: bigint;
  currency: string;
  amountMinor: bigint;
  /** 0 until it is paid. */
  chargedMinor: bigint;
  version: number;
  owes: boolean;
};

type Row = {
  id: string;
  user_id: string;
  state: CardPurchase['state'];
  credit_millicredits: string;
  bonus_millicredits: string;
  currency: string;
  amount_minor: string;
  charged_minor: string | null;
  version: number;
  owes: boolean;
};

export async function lockPurchase(tx: PoolClient, id: string): Promise<CardPurchase | null> {
  const { rows } = await tx.query<Row>('SELECT * FROM card_purchase WHERE id = $1 FOR UPDATE', [id]);
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    userId: row.user_id,
    state: row.state,
    creditMillicredits: BigInt(row.credit_millicredits),
    bonusMillicredits: BigInt(row.bonus_millicredits),
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    chargedMinor: BigInt(row.charged_minor ?? 0),
    version: row.version,
    owes: row.owes,
  };
}

/** Names the bonus lot of a purchase; the purchase's own id names the lot that was paid for. */
export const bonusLotOf = (purchaseId: string): string => derivedRef('card bonus', purchaseId);
