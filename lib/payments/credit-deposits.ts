import 'server-only';
import type { PoolClient } from 'pg';
import { openAccount, postTransfer } from '@/lib/credits/post-transfer';
import { AppError } from '@/lib/errors';
import { balanceOf } from './balance-of';
import { transferRef } from './transfer-ref';

type Due = {
  chain_id: number;
  block_hash: string;
  tx_hash: string;
  ordinal: number;
  user_id: string;
  millicredits: string;
  transfer_ref: string | null;
};

/**
 * Turns payments with enough blocks on top into credits. Each standing payment is one ledger transfer whose id follows from chain, block,
 * transaction and ordinal (and from the transfer that a reorg took back, if there was one). What a reversal had to write off is repaid first.
 */
export async function creditDeposits(tx: PoolClient, chainId: number, confirmedUpTo: bigint): Promise<void> {
  const { rows } = await tx.query<Due>(
    `SELECT d.chain_id, d.block_hash, d.tx_hash, d.ordinal, d.user_id, d.millicredits, d.transfer_ref
       FROM deposit d WHERE d.chain_id = $1 AND d.state = 'seen' AND d.block_number <= $2
     UNION ALL
     SELECT d.chain_id, d.block_hash, d.tx_hash, d.ordinal, u.id, d.millicredits, d.transfer_ref
       FROM deposit d JOIN "user" u ON u.address = d.payer WHERE d.chain_id = $1 AND d.state = 'unclaimed' AND d.block_number <= $2`,
    [chainId, confirmedUpTo],
  );
  for (const due of rows) await creditDeposit(tx, due);
}

async function creditDeposit(tx: PoolClient, due: Due): Promise<void> {
  const amount = BigInt(due.millicredits);
  const ref = transferRef('deposit', due.chain_id, due.block_hash, due.tx_hash, due.ordinal, due.transfer_ref ?? '');
  // A payment too small for a thousandth of a credit is settled with nothing.
  if (amount > 0n) await post(tx, ref, due.user_id, amount);
  await tx.query(
    `UPDATE deposit SET state = 'credited', credited_at = now(), user_id = $5, transfer_ref = $6
      WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4`,
    [due.chain_id, due.block_hash, due.tx_hash, due.ordinal, due.user_id, amount > 0n ? ref : null],
  );
}

async function post(tx: PoolClient, ref: string, userId: string, amount: bigint): Promise<void> {
  const debit = await openAccount(tx, 'till_clearing', 'house');
  const writeOff = await openAccount(tx, 'write_off', userId);
  const owed = -(await balanceOf(tx, writeOff)).posted;
  const repaid = owed <= 0n ? 0n : owed < amount ? owed : amount;
  const legs = [
    { leg: 0, credit: await openAccount(tx, 'collector_onchain', userId), amountMillicredits: amount - repaid },
    { leg: 1, credit: writeOff, amountMillicredits: repaid },
  ];
  for (const leg of legs.filter(({ amountMillicredits }) => amountMillicredits > 0n)) {
    const status = await postTransfer(tx, { ref, debit, code: 'deposit', ...leg });
    if (status !== 'ok') throw new AppError('internal', { cause: new Error(`deposit ${ref} was not posted: ${status}`) });
  }
}
