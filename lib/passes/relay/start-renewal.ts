import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { holdFinal } from '@/lib/credits/hold-final';
import { maxRelayGas } from '@/lib/credits/price-relay';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import type { Renewal } from '../read-renewal';
import { RENEW_GAS } from './quote-renewal';
import { openRenewalQuote, type RenewalQuote } from './renewal-quote';
import { agreedRenewal, RENEWAL_PURPOSE, renewalCall } from './settle-renewal';

/**
 * Has the house make a pass last longer: the quoted credits are set aside and the transaction is queued, both or neither. The same quote again
 * starts nothing more, and another one of the same person's not while the first is under way. Throws `quote_invalid`, `quote_expired`,
 * `pass_price_changed`, `pass_moved`, `pass_not_renewable`, `renewal_under_way`, `insufficient_final_credits`, `spending_frozen`,
 * `chain_unavailable`.
 */
export async function startRenewal(db: Database, actor: Actor, { token }: { token: string }): Promise<{ id: string }> {
  const quote = openRenewalQuote(token, actor);
  const started = await db.prisma.passRenewal.findUnique({ where: { id: quote.quoteId }, select: { id: true } });
  if (started) return started;
  if (quote.expiresAtMs < Date.now()) throw new AppError('quote_expired');
  const renewal = await agreedRenewal(db, { ...quote, priceWei: BigInt(quote.renewalWei) });
  const { id: keyId } = await houseKey(db, 'relayer');
  await inTransaction(db.pool, async (tx) => {
    if (!(await insertRenewal(tx, quote, renewal))) return;
    await holdFinal(tx, { id: quote.quoteId, userId: actor.userId, amountMillicredits: BigInt(quote.priceMillicredits) });
    const sent = { chainId: renewal.chainId, keyId, purpose: RENEWAL_PURPOSE, ref: quote.quoteId, maxGas: maxRelayGas(RENEW_GAS) };
    await queueTransaction(tx, { ...sent, ...renewalCall(renewal) });
  });
  return { id: quote.quoteId };
}

/** Whether this call is the first with its quote. */
async function insertRenewal(tx: PoolClient, quote: RenewalQuote, { chainId, collection }: Renewal): Promise<boolean> {
  const { quoteId, userId, passId, times, holder, renewalWei, priceMillicredits } = quote;
  try {
    const { rowCount } = await tx.query(
      `INSERT INTO pass_renewal (id, user_id, chain_id, collection, pass_id, times, holder, price_wei, price_millicredits)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING`,
      [quoteId, userId, chainId, collection, passId, times, holder, renewalWei, priceMillicredits],
    );
    return rowCount === 1;
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'pass_renewal_open_of_pass') throw new AppError('renewal_under_way');
    throw error;
  }
}
