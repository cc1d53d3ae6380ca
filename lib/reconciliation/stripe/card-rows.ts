import type { PoolClient } from 'pg';
import type { DisputeState, RefundFact } from '@/lib/stripe/card-api';

export type PurchaseRow = { id: string; state: 'open' | 'paid' | 'expired'; paymentIntentId: string | null; currency: string; charged: bigint };
export type RefundRow = { id: string; state: RefundFact['state']; amount: bigint; currency: string };
export type DisputeRow = { id: string; state: DisputeState; amount: bigint; currency: string };
/** What our rows say of card payments. */
export type CardRows = { purchases: PurchaseRow[]; refunds: RefundRow[]; disputes: DisputeRow[] };

export async function readCardRows(sql: PoolClient): Promise<CardRows> {
  const purchases = await sql.query<{ id: string; state: PurchaseRow['state']; intent: string | null; currency: string; charged: string }>(
    'SELECT id, state, payment_intent_id AS intent, currency, coalesce(charged_minor, 0) AS charged FROM card_purchase',
  );
  const refunds = await sql.query<{ id: string; state: RefundFact['state']; amount: string; currency: string }>(
    'SELECT r.id, r.state, r.amount_minor AS amount, p.currency FROM card_refund r JOIN card_purchase p ON p.id = r.purchase_id',
  );
  const disputes = await sql.query<{ id: string; state: DisputeState; amount: string; currency: string }>(
    'SELECT d.id, d.state, d.amount_minor AS amount, p.currency FROM card_dispute d JOIN card_purchase p ON p.id = d.purchase_id',
  );
  return {
    purchases: purchases.rows.map(({ intent, charged, ...row }) => ({ ...row, paymentIntentId: intent, charged: BigInt(charged) })),
    refunds: refunds.rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) })),
    disputes: disputes.rows.map(({ amount, ...row }) => ({ ...row, amount: BigInt(amount) })),
  };
}
