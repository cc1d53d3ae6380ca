import 'server-only';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import type { CardPurchaseDto } from './schema';

type Row = {
  id: string;
  state: CardPurchaseDto['state'];
  credit_millicredits: string;
  bonus_millicredits: string;
  currency: string;
  amount_minor: string;
  refunded: string;
  disputed: boolean;
  owes: boolean;
  receipt_url: string | null;
  at: Date;
};

const IS_DISPUTED = `(p.owes OR EXISTS (SELECT 1 FROM card_dispute d WHERE d.purchase_id = p.id AND d.state = 'open'))`;

const select = `SELECT p.id, p.state, p.credit_millicredits, p.bonus_millicredits, p.currency, coalesce(p.charged_minor, p.amount_minor) AS amount_minor,
    (SELECT coalesce(sum(r.amount_minor), 0) FROM card_refund r WHERE r.purchase_id = p.id AND r.state = 'taken') AS refunded,
    ${IS_DISPUTED} AS disputed, p.owes, p.receipt_url, coalesce(p.paid_at, p.created_at) AS at
  FROM card_purchase p`;

const toDto = (row: Row): CardPurchaseDto => ({
  id: row.id,
  state: row.state,
  millicredits: row.credit_millicredits,
  bonusMillicredits: row.bonus_millicredits,
  currency: row.currency,
  amountMinor: row.amount_minor,
  refundedMinor: row.refunded,
  disputed: row.disputed,
  owes: row.owes,
  receiptUrl: row.receipt_url,
  at: row.at.toISOString(),
});

/** One of the actor's purchases; null for anybody else's. */
export async function findPurchase({ pool }: Pick<Database, 'pool'>, actor: Actor, id: string): Promise<CardPurchaseDto | null> {
  const { rows } = await pool.query<Row>(`${select} WHERE p.user_id = $1 AND p.id = $2`, [actor.userId, id]);
  return rows[0] ? toDto(rows[0]) : null;
}

/** The actor's paid purchases, newest first, each with its receipt. */
export async function listPurchases({ pool }: Pick<Database, 'pool'>, actor: Actor, limit = 50): Promise<CardPurchaseDto[]> {
  const { rows } = await pool.query<Row>(`${select} WHERE p.user_id = $1 AND p.state = 'paid' ORDER BY p.created_at DESC LIMIT $2`, [
    actor.userId,
    limit,
  ]);
  return rows.map(toDto);
}

/**
 * Those of some captures (ids of runs) that a purchase paid for which is disputed, or whose refund or lost dispute is still owed: until
 * that is settled their works have no download and no voucher. Minted tokens are another matter: nothing takes those away.
 */
export async function disputedCaptures(sql: Pool | PoolClient, captureIds: string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ ref: string }>({
    name: 'disputed_captures',
    text: `SELECT DISTINCT t.ref FROM ledger.transfer t
             JOIN ledger.account a ON a.id = t.debit_id AND a.kind = 'collector_purchased' JOIN card_purchase p ON p.id = a.sub::uuid
            WHERE t.ref = ANY ($1) AND ${IS_DISPUTED}`,
    values: [captureIds],
  });
  return new Set(rows.map(({ ref }) => ref));
}

/** Whether one capture is among them. */
export async function isDisputed(sql: Pool | PoolClient, captureId: string): Promise<boolean> {
  // Not by the text of the id: the database writes UUIDs its own way.
  return (await disputedCaptures(sql, [captureId])).size > 0;
}
