import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { holdCredits } from '@/lib/credits/hold-credits';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import { issueVoucher } from '../issue-voucher';
import { openRelayQuote, type RelayQuote } from './relay-quote';
import { RELAY_PURPOSE } from './settle-relay';

/**
 * Only the end of its transaction ends the hold of a relay: let go of earlier, it would be a free mint. So the ledger's sweeper is kept
 * away from it, and relay_audit shows one whose transaction is over.
 */
const HOLD_SECONDS = 10 * 365 * 24 * 3600;

/**
 * Has the house mint a work for its owner: the quoted credits are set aside and the transaction is queued, both or neither. The same quote
 * again starts nothing more. Throws `quote_invalid`, `quote_expired`, `insufficient_final_credits`, `spending_frozen`, `relay_under_way`,
 * and what issueVoucher throws.
 */
export async function startRelay(db: Database, actor: Actor, { token, label }: { token: string; label: string }): Promise<{ id: string }> {
  const quote = openRelayQuote(token, actor);
  const started = await db.prisma.relay.findUnique({ where: { id: quote.quoteId }, select: { id: true } });
  if (started) return started;
  if (quote.expiresAtMs < Date.now()) throw new AppError('quote_expired');
  const { chainId, collection, data, valueWei } = await issueVoucher(db, actor, { workId: quote.workId, label });
  const { id: keyId } = await houseKey(db, 'relayer');
  await inTransaction(db.pool, async (tx) => {
    if (!(await insertRelay(tx, actor, quote))) return;
    await holdFinal(tx, actor, quote);
    const call = { to: collection, data, valueWei: BigInt(valueWei) };
    await queueTransaction(tx, { chainId, keyId, purpose: RELAY_PURPOSE, ref: quote.quoteId, maxGas: BigInt(quote.maxGas), ...call });
  });
  return { id: quote.quoteId };
}

/** Whether this call is the first with its quote. */
async function insertRelay(tx: PoolClient, actor: Actor, { quoteId, workId, priceMillicredits }: RelayQuote): Promise<boolean> {
  try {
    const { rowCount } = await tx.query(
      'INSERT INTO relay (id, user_id, work_id, price_millicredits) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING',
      [quoteId, actor.userId, workId, priceMillicredits],
    );
    return rowCount === 1;
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'relay_open_of_work') throw new AppError('relay_under_way');
    throw error;
  }
}

async function holdFinal(tx: PoolClient, actor: Actor, { quoteId, priceMillicredits }: RelayQuote): Promise<void> {
  const hold = { id: quoteId, userId: actor.userId, amountMillicredits: BigInt(priceMillicredits) };
  try {
    await holdCredits(tx, { ...hold, ttlSeconds: HOLD_SECONDS, spendable: 'final' });
  } catch (error) {
    if (error instanceof AppError && error.code === 'insufficient_credits') throw new AppError('insufficient_final_credits');
    throw error;
  }
}
