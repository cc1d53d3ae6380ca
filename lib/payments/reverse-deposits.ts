import 'server-only';
import type { PoolClient } from 'pg';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { takeBack } from '@/lib/credits/take-back';
import { log } from '@/lib/log';

type Credited = { tx_hash: string; user_id: string; millicredits: string; transfer_ref: string | null };

/**
 * Takes back what blocks above `blockNumber` said: payments not credited yet are forgotten, credited ones become `reversed` and a ledger
 * transfer undoes each: what is left of it comes from the collector's lots, the rest becomes their debt.
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
    if (transfer_ref) await undo(tx, { txHash: tx_hash, userId: user_id, ref: transfer_ref, amount: BigInt(millicredits) });
  }
}

async function undo(tx: PoolClient, { txHash, userId, ref, amount }: { txHash: string; userId: string; ref: string; amount: bigint }) {
  const credit = await openAccount(tx, 'till_clearing', 'house');
  const { takenMillicredits, owedMillicredits } = await takeBack(tx, {
    ref: derivedRef('deposit reversal', ref),
    userId,
    lot: ref,
    buckets: ['onchain'],
    credit,
    amountMillicredits: amount,
    code: 'deposit_reversal',
  });
  log.warn(
    { txHash, userId, takenMillicredits: `${takenMillicredits}`, owedMillicredits: `${owedMillicredits}` },
    'a credited deposit left the chain',
  );
}
