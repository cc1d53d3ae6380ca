import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { loadRepaid } from './load-repaid';
import type { DepositReceiptDto } from './schema';

type Row = {
  tx_hash: string;
  chain_id: number;
  block_number: string;
  payer: string;
  asset: 'eth' | 'usdc';
  amount: string;
  millicredits: string;
  state: 'credited' | 'reversed';
  at: Date;
  credited_at: Date | null;
  quoted: boolean;
  eth_usd_cents: number | null;
  rate_source: string | null;
};

/** The receipt of one of the person's own payments on the chain. Null where there is none, or it is somebody else's. */
export async function getDepositReceipt({ pool }: Database, actor: Actor, ref: string): Promise<DepositReceiptDto | null> {
  const { rows } = await pool.query<Row>(
    `SELECT d.tx_hash, d.chain_id, d.block_number, d.payer, d.asset, d.amount, d.millicredits, d.state, d.at, d.credited_at,
            q.memo IS NOT NULL AS quoted, coalesce(q.eth_usd_cents, d.eth_usd_cents) AS eth_usd_cents, q.rate_source
       FROM deposit d LEFT JOIN deposit_quote q
         ON q.memo = d.memo AND (q.asset, q.amount, q.millicredits) = (d.asset, d.amount, d.millicredits) AND d.at <= q.expires_at
      WHERE d.transfer_ref = $1 AND d.user_id = $2 AND d.state IN ('credited', 'reversed') ORDER BY d.state LIMIT 1`,
    [ref, actor.userId],
  );
  const [row] = rows;
  if (!row) return null;
  const repaid = (await loadRepaid(pool, [ref])).get(ref) ?? 0n;
  return {
    ref,
    buyer: actor.address,
    asset: row.asset,
    amount: row.amount,
    millicredits: row.millicredits,
    repaidMillicredits: repaid.toString(),
    rate: { quoted: row.quoted, ethUsdCents: row.eth_usd_cents, source: row.rate_source || null },
    txHash: row.tx_hash,
    chainId: row.chain_id,
    blockNumber: row.block_number,
    payer: row.payer,
    paidAt: row.at.toISOString(),
    creditedAt: row.credited_at?.toISOString() ?? null,
    reversed: row.state === 'reversed',
  };
}
