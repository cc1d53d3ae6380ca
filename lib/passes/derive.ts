import type { PoolClient } from 'pg';

/** Tiers and passes that facts came or went of. `tokenId` null: the tier alone. */
export type Touched = { collection: string; tierId: number; tokenId: bigint | null }[];

/**
 * Writes the touched tiers and passes anew from the facts there are now. The same for a block that comes and for one that is taken back, so
 * that both end in the same rows.
 */
export async function derive(tx: PoolClient, chainId: number, touched: Touched): Promise<void> {
  if (touched.length === 0) return;
  const tokens = touched.filter(({ tokenId }) => tokenId !== null);
  const ofTokens = [chainId, tokens.map((one) => one.collection), tokens.map((one) => one.tokenId)];
  const ofTiers = [chainId, touched.map((one) => one.collection), touched.map((one) => one.tierId)];
  await tx.query(DROP_TOKENS, ofTokens);
  await tx.query(WRITE_TIERS, ofTiers);
  await tx.query(WRITE_TOKENS, ofTokens);
  await tx.query(DROP_TIERS, ofTiers);
}

const TOKENS = '(SELECT DISTINCT collection, token_id FROM unnest($2::text[], $3::bigint[]) AS u(collection, token_id)) t';
const TIERS = '(SELECT DISTINCT collection, tier_id FROM unnest($2::text[], $3::int[]) AS u(collection, tier_id)) t';
const NEWEST = 'ORDER BY f.block_number DESC, f.position DESC LIMIT 1';
const ofToken = (kind: string) =>
  `SELECT f.data FROM pass_fact f WHERE f.chain_id = $1 AND f.collection = t.collection AND f.token_id = t.token_id AND f.kind = '${kind}' ${NEWEST}`;
const ofTier = (kind: string) =>
  `SELECT f.data FROM pass_fact f WHERE f.chain_id = $1 AND f.collection = t.collection AND f.tier_id = t.tier_id AND f.kind = '${kind}' ${NEWEST}`;

const WRITE_TIERS = `
  INSERT INTO pass_tier (chain_id, collection, tier_id, label, price_wei, duration_seconds, refund_window_seconds, cap, transferable, open, image_cid, sold, issued)
  SELECT $1, t.collection, t.tier_id, a.data->>'label', coalesce(s.data->>'priceWei', a.data->>'priceWei')::numeric,
         (a.data->>'duration')::bigint, (a.data->>'refundWindow')::int, coalesce(c.data->>'cap', a.data->>'cap')::int,
         (a.data->>'transferable')::boolean, coalesce(s.data->>'open', a.data->>'open')::boolean, a.data->>'imageCid',
         n.bought - n.refunded, n.bought
    FROM ${TIERS}
    JOIN LATERAL (${ofTier('tier')}) a ON true
    LEFT JOIN LATERAL (${ofTier('sale')}) s ON true
    LEFT JOIN LATERAL (${ofTier('cap')}) c ON true
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE f.kind = 'bought') AS bought, count(*) FILTER (WHERE f.kind = 'refunded') AS refunded
        FROM pass_fact f
       WHERE f.chain_id = $1 AND f.collection = t.collection AND f.tier_id = t.tier_id AND f.kind IN ('bought', 'refunded')) n
  ON CONFLICT (chain_id, collection, tier_id) DO UPDATE SET
    label = EXCLUDED.label, price_wei = EXCLUDED.price_wei, duration_seconds = EXCLUDED.duration_seconds,
    refund_window_seconds = EXCLUDED.refund_window_seconds, cap = EXCLUDED.cap, transferable = EXCLUDED.transferable, open = EXCLUDED.open,
    image_cid = EXCLUDED.image_cid, sold = EXCLUDED.sold, issued = EXCLUDED.issued`;

// A purchase may be in another block after a fork: all of its row is written again.
const WRITE_TOKENS = `
  INSERT INTO pass_token (id, chain_id, collection, tier_id, token_id, holder, expires_at, bought_at, payer, price_wei, block_number, tx_hash)
  SELECT $1::int || ':' || t.collection || ':' || t.token_id, $1, t.collection, b.tier_id, t.token_id, h.data->>'to',
         (e.data->>'expiresAt')::timestamptz, b.at, b.data->>'payer', (b.data->>'priceWei')::numeric, b.block_number, b.tx_hash
    FROM ${TOKENS}
    JOIN pass_fact b ON b.chain_id = $1 AND b.collection = t.collection AND b.token_id = t.token_id AND b.kind = 'bought'
    JOIN LATERAL (${ofToken('transfer')}) h ON true
    JOIN LATERAL (${ofToken('expiry')}) e ON true
  ON CONFLICT (id) DO UPDATE SET
    holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at, bought_at = EXCLUDED.bought_at, payer = EXCLUDED.payer,
    price_wei = EXCLUDED.price_wei, block_number = EXCLUDED.block_number, tx_hash = EXCLUDED.tx_hash`;

const DROP_TOKENS = `
  DELETE FROM pass_token p USING ${TOKENS}
   WHERE p.chain_id = $1 AND p.collection = t.collection AND p.token_id = t.token_id
     AND NOT EXISTS (SELECT 1 FROM pass_fact b WHERE b.chain_id = $1 AND b.collection = t.collection AND b.token_id = t.token_id AND b.kind = 'bought')`;

const DROP_TIERS = `
  DELETE FROM pass_tier p USING ${TIERS}
   WHERE p.chain_id = $1 AND p.collection = t.collection AND p.tier_id = t.tier_id
     AND NOT EXISTS (SELECT 1 FROM pass_fact a WHERE a.chain_id = $1 AND a.collection = t.collection AND a.tier_id = t.tier_id AND a.kind = 'tier')`;
