import 'server-only';
import type { PoolClient } from 'pg';
import { encodeFunctionData, erc20Abi, type Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { queueTransaction } from '@/lib/chain/sender/queue-transaction';
import { type ChainCall, TRANSFER_MAX_GAS } from '@/lib/chain/sender/types';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { houseKey } from '@/lib/keys/sealed-keys';
import type { DepositKey } from './schema';

/** What the chain's sender knows refunds by. */
export const REFUND_PURPOSE = 'deposit_refund';

type Returned = { payer: Hex; token: Hex | null; amount: string };

/**
 * An operator gives an unclaimed payment back to the address that paid, whole and in what it was paid in: `unclaimed → refunding`, and the
 * treasury's transaction is queued, in one transaction. The sender says how it ended (settle-refund.ts). Only what is final is given back.
 */
export async function refundDeposit(db: Database, actor: Actor, deposit: DepositKey): Promise<void> {
  requireOperator(actor);
  const { id: keyId } = await houseKey(db, 'treasury');
  const ref = newId();
  await inTransaction(db.pool, async (tx) => {
    const returned = await beginRefund(tx, deposit, ref);
    await queueTransaction(tx, { ...callOf(returned), chainId: deposit.chainId, keyId, purpose: REFUND_PURPOSE, ref, maxGas: TRANSFER_MAX_GAS });
  });
}

/** Guarded: the indexer may be giving it to its payer, who has just signed in; another operator may have been quicker; the chain may be halted. */
async function beginRefund(tx: PoolClient, { chainId, blockHash, txHash, ordinal }: DepositKey, ref: string): Promise<Returned> {
  const { rows } = await tx.query<Returned>(
    `UPDATE deposit SET state = 'refunding', refund_ref = $5
      WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4 AND state = 'unclaimed'
        AND block_number <= (SELECT max(number) FROM chain_block WHERE chain_id = $1) - $6::bigint
        AND NOT EXISTS (SELECT 1 FROM chain_halt WHERE chain_id = $1)
      RETURNING payer, token, amount`,
    [chainId, blockHash, txHash, ordinal, ref, env.CONFIRMATIONS],
  );
  if (!rows[0]) throw new AppError('wrong_state');
  return rows[0];
}

function callOf({ payer, token, amount }: Returned): ChainCall {
  if (token === null) return { to: payer, data: '0x', valueWei: BigInt(amount) };
  return { to: token, data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [payer, BigInt(amount)] }), valueWei: 0n };
}
