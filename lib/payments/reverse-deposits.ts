import 'server-only';
import type { PoolClient } from 'pg';
import { openAccount, postTransfer } from '@/lib/credits/post-transfer';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { balanceOf } from './balance-of';
import { transferRef } from './transfer-ref';

type Credited = { tx_hash: string; user_id: string; millicredits: string; transfer_ref: string | null };

/**
 * Takes back what blocks above `blockNumber` said: payments not credited yet are forgotten, credited ones become `reversed` and a ledger
 * transfer undoes each: what is left of it comes from the collector's account, the rest is written off under their name.
 */
export async function reverseDeposits(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  await tx.query(`DELETE FROM deposit WHERE chain_id = $1 AND block_number > $2 AND state IN ('seen', 'unclaimed') AND transfer_ref IS NULL`, [
    chainId,
    blockNumber,
  ]);
  const { rows } = await tx.query<Credited>(
    `UPDATE deposit d SET state = 'reversed'
       FROM (SELECT * FROM deposit WHERE chain_id = $1 AND block_number > $2 AND state IN ('seen', 'unclaimed', 'credited') FOR UPDATE) o
      WHERE (d.chain_id, d.block_hash, d.tx_hash, d.ordinal) = (o.chain_id, o.block_hash, o.tx_hash, o.ordinal)
      RETURNING d.tx_hash, d.user_id, d.millicredits, CASE WHEN o.state = 'credited' THEN d.transfer_ref END AS transfer_ref`,
    [chainId, blockNumber],
  );
  for (const { tx_hash, user_id, millicredits, transfer_ref } of rows) {
    if (transfer_ref) await takeBack(tx, { txHash: tx_hash, userId: user_id, ref: transfer_ref, amount: BigInt(millicredits) });
  }
}

async function takeBack(tx: PoolClient, { txHash, userId, ref, amount }: { txHash: string; userId: string; ref: string; amount: bigint }) {
  const reversal = transferRef('deposit reversal', ref);
  const credit = await openAccount(tx, 'till_clearing', 'house');
  const taken = await takeAvailable(tx, reversal, await openAccount(tx, 'collector_onchain', userId), credit, amount);
  const rest = amount - taken;
  if (rest > 0n) {
    const debit = await openAccount(tx, 'write_off', userId);
    const status = await postTransfer(tx, { ref: reversal, leg: 1, debit, credit, amountMillicredits: rest, code: 'deposit_reversal' });
    if (status !== 'ok') throw new AppError('internal', { cause: new Error(`reversal ${reversal} was not posted: ${status}`) });
  }
  log.warn({ txHash, userId, takenMillicredits: taken.toString(), writtenOffMillicredits: rest.toString() }, 'a credited deposit left the chain');
}

/** A run may be held between reading the balance and taking it; the ledger then refuses, and less is asked for. */
async function takeAvailable(tx: PoolClient, ref: string, debit: bigint, credit: bigint, wanted: bigint): Promise<bigint> {
  for (;;) {
    const { available } = await balanceOf(tx, debit);
    const amountMillicredits = available < wanted ? available : wanted;
    if (amountMillicredits <= 0n) return 0n;
    const status = await postTransfer(tx, { ref, debit, credit, amountMillicredits, code: 'deposit_reversal' });
    if (status === 'ok') return amountMillicredits;
    if (status !== 'insufficient') throw new AppError('internal', { cause: new Error(`reversal ${ref} was not posted: ${status}`) });
  }
}
