import 'server-only';
import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { holdFinal } from '@/lib/credits/hold-final';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { houseKey } from '@/lib/keys/sealed-keys';
import { issueVoucher } from '../issue-voucher';
import { openRelayQuote, type RelayQuote } from './relay-quote';
import { RELAY_PURPOSE } from './settle-relay';

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
    await holdFinal(tx, { id: quote.quoteId, userId: actor.userId, amountMillicredits: BigInt(quote.priceMillicredits) });
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
