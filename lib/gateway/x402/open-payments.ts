import type { Pool } from 'pg';
import type { Hex } from 'viem';
import { type PaymentPayload, paymentPayload, type Requirements } from './schema';

/** When the chain is looked at again after a refusal, and only then it counts: a node may be some blocks behind the one that was asked. */
export const BELIEVED_AFTER_SECONDS = 3;

/** A payment of which something may still come, and where its run is. */
export type OpenPayment = {
  id: string;
  userId: string;
  chainId: number;
  asset: Hex;
  payer: Hex;
  nonce: Hex;
  payTo: Hex;
  amount: bigint;
  fromBlock: bigint;
  validBefore: Date;
  payload: PaymentPayload;
  requirements: Requirements;
  refusal: string | null;
  generationId: string;
  /** `due`: delivered, and waits for the money. */
  run: 'under way' | 'due' | 'captured' | 'ended';
  /** Its deposit stands; `final`: at CONFIRMATIONS blocks. */
  deposit: 'none' | 'standing' | 'final';
  /** The authorization had ended before a block at CONFIRMATIONS. */
  hasEnded: boolean;
  /** And that an hour ago, as the chain has it. */
  isOverdue: boolean;
};

type Row = {
  id: string;
  user_id: string;
  chain_id: number;
  asset: Hex;
  payer: Hex;
  nonce: Hex;
  pay_to: Hex;
  amount: string;
  from_block: string;
  valid_before: Date;
  payload: unknown;
  requirements: unknown;
  refusal: string | null;
  generation_id: string;
  run: OpenPayment['run'];
  deposit: OpenPayment['deposit'];
  has_ended: boolean;
  is_overdue: boolean;
};

/** A process that dies with some in its hands keeps them from the others no longer than this. */
const LEASE_SECONDS = 60;

/**
 * Payments that are not done with and that nobody is looking at, the longest waiting first. The lease only spares work: guards, unique keys and row locks
 * keep it right. Those of runs under way have nothing to look for yet.
 */
export async function claimPayments(
  pool: Pool,
  chainId: number,
  { confirmations, limit }: { confirmations: number; limit: number },
): Promise<OpenPayment[]> {
  const { rows } = await pool.query<Row>(
    `WITH due AS (
       SELECT id FROM x402_payment WHERE chain_id = $1 AND closed_at IS NULL AND look_at <= now() ORDER BY look_at LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED),
     taken AS (UPDATE x402_payment p SET look_at = now() + make_interval(secs => $4) FROM due WHERE p.id = due.id RETURNING p.*),
     final AS (SELECT number, at FROM chain_block WHERE chain_id = $1 AND number <= (SELECT max(number) FROM chain_block WHERE chain_id = $1) - $2::int
                ORDER BY number DESC LIMIT 1)
     SELECT t.*, g.id AS generation_id,
            CASE WHEN g.state = 'captured' THEN 'captured' WHEN g.state NOT IN ('held', 'running') THEN 'ended'
                 WHEN g.delivered_at IS NOT NULL THEN 'due' ELSE 'under way' END AS run,
            CASE WHEN d.block_number IS NULL THEN 'none' WHEN d.state = 'credited' AND d.block_number <= f.number THEN 'final' ELSE 'standing' END AS deposit,
            coalesce(f.at > t.valid_before, false) AS has_ended,
            coalesce(f.at > t.valid_before + interval '1 hour', false) AS is_overdue
       FROM taken t JOIN generation g ON g.x402_payment_id = t.id LEFT JOIN deposit d ON d.x402_payment_id = t.id AND d.state <> 'reversed' LEFT JOIN final f ON true`,
    [chainId, confirmations, limit, LEASE_SECONDS],
  );
  return rows.map(toPayment);
}

const toPayment = (row: Row): OpenPayment => ({
  id: row.id,
  userId: row.user_id,
  chainId: row.chain_id,
  asset: row.asset,
  payer: row.payer,
  nonce: row.nonce,
  payTo: row.pay_to,
  amount: BigInt(row.amount),
  fromBlock: BigInt(row.from_block),
  validBefore: row.valid_before,
  payload: paymentPayload.parse(row.payload),
  requirements: row.requirements as Requirements,
  refusal: row.refusal,
  generationId: row.generation_id,
  run: row.run,
  deposit: row.deposit,
  hasEnded: row.has_ended,
  isOverdue: row.is_overdue,
});

/** Says when to look at it next. What happens meanwhile (it is delivered, its transaction has ended) makes that sooner. */
export async function lookAgain(pool: Pool, id: string, inSeconds: number): Promise<void> {
  await pool.query('UPDATE x402_payment SET look_at = now() + make_interval(secs => $2) WHERE id = $1 AND look_at > now()', [id, inSeconds]);
}

/** Nothing more can come of it. */
export async function closePayment(pool: Pool, id: string): Promise<void> {
  await pool.query('UPDATE x402_payment SET closed_at = now() WHERE id = $1 AND closed_at IS NULL', [id]);
}
