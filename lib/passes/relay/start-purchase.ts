import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { holdFinal } from '@/lib/credits/hold-final';
import { maxRelayGas } from '@/lib/credits/price-relay';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import { readSale } from '../read-sale';
import { openPurchaseQuote, type PurchaseQuote } from './purchase-quote';
import { BUY_GAS } from './quote-purchase';
import { PURCHASE_PURPOSE, purchaseCall } from './settle-purchase';

/**
 * Has the house buy a pass for somebody: the quoted credits are set aside and the transaction is queued, both or neither. The same quote again
 * starts nothing more. Throws `quote_invalid`, `quote_expired`, `pass_price_changed`, `pass_sale_closed`, `pass_sold_out`,
 * `insufficient_final_credits`, `spending_frozen`, `chain_unavailable`.
 */
export async function startPurchase(db: Database, actor: Actor, { token }: { token: string }): Promise<{ id: string }> {
  const quote = openPurchaseQuote(token, actor);
  const started = await db.prisma.passPurchase.findUnique({ where: { id: quote.quoteId }, select: { id: true } });
  if (started) return started;
  if (quote.expiresAtMs < Date.now()) throw new AppError('quote_expired');
  const { priceWei, left, chainId } = await readSale(db, quote);
  if (chainId !== quote.chainId) throw new AppError('quote_expired');
  if (priceWei !== BigInt(quote.passPriceWei)) throw new AppError('pass_price_changed');
  const { id: keyId } = await houseKey(db, 'relayer');
  await inTransaction(db.pool, async (tx) => {
    if (!(await insertPurchase(tx, actor, quote, left))) return;
    await holdFinal(tx, { id: quote.quoteId, userId: actor.userId, amountMillicredits: BigInt(quote.priceMillicredits) });
    const call = purchaseCall({ ...quote, priceWei });
    await queueTransaction(tx, { chainId, keyId, purpose: PURCHASE_PURPOSE, ref: quote.quoteId, maxGas: maxRelayGas(BUY_GAS), ...call });
  });
  return { id: quote.quoteId };
}

/** Whether this call is the first with its quote. What is on its way counts as sold: what comes too late costs the house gas. */
async function insertPurchase(tx: PoolClient, actor: Actor, quote: PurchaseQuote, left: number): Promise<boolean> {
  const { quoteId, chainId, collection, tierId, receiver, passPriceWei, priceMillicredits, refundMillicredits } = quote;
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 10))', [`${chainId}:${collection}:${tierId}`]);
  const { rowCount } = await tx.query(
    `INSERT INTO pass_purchase (id, user_id, chain_id, collection, tier_id, receiver, price_wei, price_millicredits, refund_millicredits)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
    [quoteId, actor.userId, chainId, collection, tierId, receiver, passPriceWei, priceMillicredits, refundMillicredits],
  );
  if (rowCount === 0) return false;
  const { rows } = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pass_purchase p JOIN chain_transaction t ON t.purpose = $4 AND t.ref = p.id AND t.state IN ('queued', 'sent')
      WHERE p.state = 'open' AND p.chain_id = $1 AND p.collection = $2 AND p.tier_id = $3`,
    [chainId, collection, tierId, PURCHASE_PURPOSE],
  );
  if ((rows[0]?.n ?? 0) >= left) throw new AppError('pass_sold_out');
  return true;
}
