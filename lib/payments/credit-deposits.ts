import 'server-only';
import type { PoolClient } from 'pg';
import type { Postings } from '@/lib/chain/types';
import { openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { derivedRef } from '@/lib/credits/derived-ref';
import { lotOfDeposit, sharedLots } from './lot-of-deposit';

export type Due = {
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
 * transaction and ordinal (and from the transfer that a reorg took back, if there was one). What the payer owes is repaid
 * first. The rows are locked: an operator may be refunding an unclaimed one.
 */
export async function dueDeposits(tx: PoolClient, chainId: number, confirmedUpTo: bigint): Promise<Postings | null> {
  const { rows } = await tx.query<Due>(
    `SELECT d.chain_id, d.block_hash, d.tx_hash, d.ordinal, coalesce(d.user_id, u.id) AS user_id, d.millicredits, d.transfer_ref
       FROM deposit d LEFT JOIN "user" u ON d.state = 'unclaimed' AND u.address = d.payer
      WHERE d.chain_id = $1 AND d.state IN ('seen', 'unclaimed') AND d.block_number <= $2 AND d.millicredits IS NOT NULL
        AND (d.state = 'seen' OR (d.unclaimed_because = 'unknown_payer' AND u.id IS NOT NULL))
      ORDER BY d.block_number, d.tx_hash, d.ordinal FOR UPDATE OF d`,
    [chainId, confirmedUpTo],
  );
  if (rows.length === 0) return null;
  return {
    owners: rows.map(({ user_id }) => user_id),
    accounts: [await openAccount(tx, 'till_clearing', 'house'), ...(await sharedLots(tx, rows))],
    post: async () => {
      for (const due of rows) await creditDeposit(tx, due);
    },
  };
}

/** The same for one whose row the caller has locked. */
export async function creditDeposit(tx: PoolClient, due: Due): Promise<void> {
  const amount = BigInt(due.millicredits);
  const ref = derivedRef('deposit', due.chain_id, due.block_hash, due.tx_hash, due.ordinal, due.transfer_ref ?? '');
  // A payment too small for a thousandth of a credit is settled with nothing.
  if (amount > 0n) {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    const lot = lotOfDeposit({ ref, userId: due.user_id, millicredits: amount });
    await creditCollector(tx, { ref, lot, userId: due.user_id, bucket: 'onchain', debit, amountMillicredits: amount, code: 'deposit' });
  }
  await tx.query(
    `UPDATE deposit SET state = 'credited', credited_at = now(), user_id = $5, transfer_ref = $6, unclaimed_because = NULL
      WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4`,
    [due.chain_id, due.block_hash, due.tx_hash, due.ordinal, due.user_id, amount > 0n ? ref : null],
  );
}
