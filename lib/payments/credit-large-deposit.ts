import 'server-only';
import type { PoolClient } from 'pg';
import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { ownerOf } from './apply-deposit';
import { creditDeposit } from './credit-deposits';
import type { DepositAsset, DepositKey } from './schema';
import { MAX_BY_HAND_MILLICREDITS, valueDeposit } from './value-deposit';

type Large = { payer: Hex; memo: string; asset: DepositAsset; amount: string; at: Date; eth_usd_cents: number | null; transfer_ref: string | null };

/**
 * An operator has looked at a payment that was too large to be credited by itself, and says yes: it is worth what the rules say, at the
 * rate of when it was seen, and credited at once. One whose payer nobody knows yet waits for them to sign in, as a smaller one would. Only
 * what is final, once, and nobody their own.
 */
export async function creditLargeDeposit(db: Pick<Database, 'pool'>, actor: Actor, key: DepositKey): Promise<{ state: 'credited' | 'unclaimed' }> {
  requireOperator(actor);
  return inTransaction(db.pool, async (tx) => {
    const deposit = await lockLarge(tx, key);
    const { userId, quote } = await ownerOf(tx, deposit, key);
    if (userId === actor.userId) throw new AppError('own_account');
    const paid = { asset: deposit.asset, amount: BigInt(deposit.amount), at: deposit.at };
    const worth = valueDeposit(paid, quote, deposit.eth_usd_cents, MAX_BY_HAND_MILLICREDITS);
    if (worth.kind !== 'credits') throw new AppError(worth.kind === 'later' ? 'price_unavailable' : 'too_large');
    await tx.query(
      `UPDATE deposit SET millicredits = $5, eth_usd_cents = $6, unclaimed_because = 'unknown_payer'
        WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4`,
      [key.chainId, key.blockHash, key.txHash, key.ordinal, worth.millicredits, worth.ethUsdCents],
    );
    if (userId === null) return { state: 'unclaimed' };
    await creditDeposit(tx, {
      ...{ chain_id: key.chainId, block_hash: key.blockHash, tx_hash: key.txHash, ordinal: key.ordinal },
      ...{ user_id: userId, millicredits: `${worth.millicredits}`, transfer_ref: deposit.transfer_ref },
    });
    return { state: 'credited' };
  });
}

/** Guarded as a refund is: another operator may be giving it back at this moment; the chain may be halted. */
async function lockLarge(tx: PoolClient, { chainId, blockHash, txHash, ordinal }: DepositKey): Promise<Large> {
  const { rows } = await tx.query<Large>(
    `SELECT payer, memo, asset, amount, at, eth_usd_cents, transfer_ref FROM deposit
      WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4 AND state = 'unclaimed' AND unclaimed_because = 'too_large'
        AND block_number <= (SELECT max(number) FROM chain_block WHERE chain_id = $1) - $5::bigint
        AND NOT EXISTS (SELECT 1 FROM chain_halt WHERE chain_id = $1) FOR UPDATE`,
    [chainId, blockHash, txHash, ordinal, env.CONFIRMATIONS],
  );
  if (!rows[0]) throw new AppError('wrong_state');
  return rows[0];
}
