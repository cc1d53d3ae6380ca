import 'server-only';
import type { PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { openAccount } from '@/lib/credits/accounts';
import { derivedRef } from '@/lib/credits/derived-ref';
import { lockCollectors } from '@/lib/credits/lock-collectors';
import { takeBack } from '@/lib/credits/take-back';
import { log } from '@/lib/log';
import { lotOfDeposit } from './lot-of-deposit';

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
  const till = await openAccount(tx, 'till_clearing', 'house');
  const credited = rows.flatMap(({ transfer_ref, ...row }) => (transfer_ref ? [{ ...row, transfer_ref }] : []));
  const userIds = credited.map(({ user_id }) => user_id);
  if (credited.length > 0) await lockCollectors(tx, userIds, [till]);
  for (const { tx_hash, user_id, millicredits, transfer_ref } of credited) {
    await undo(tx, till, { txHash: tx_hash, userId: user_id, ref: transfer_ref, amount: BigInt(millicredits) });
  }
  await tellOfRefunds(tx, chainId, blockNumber);
}

/** What was given back is gone: if the payment does not come again, the loss is the house's. The row stays, so that it is not given back twice. */
async function tellOfRefunds(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  const { rows } = await tx.query<{ tx_hash: string; refund_ref: string }>(
    'SELECT tx_hash, refund_ref FROM deposit WHERE chain_id = $1 AND block_number > $2 AND refund_ref IS NOT NULL',
    [chainId, blockNumber],
  );
  for (const { tx_hash, refund_ref } of rows) {
    await raiseAlert(tx, {
      key: `refunded_deposit_gone/${refund_ref}`,
      kind: 'refunded_deposit_gone',
      text: 'A payment that was given back has left the chain. See whether it comes again; if not, the house has lost the amount.',
      details: { chainId, txHash: tx_hash, refund: refund_ref },
    });
  }
}

type Undone = { txHash: string; userId: string; ref: string; amount: bigint };

async function undo(tx: PoolClient, credit: bigint, { txHash, userId, ref, amount }: Undone): Promise<void> {
  const { takenMillicredits, owedMillicredits } = await takeBack(tx, {
    ref: derivedRef('deposit reversal', ref),
    userId,
    lot: lotOfDeposit({ ref, userId, millicredits: amount }),
    about: ref,
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
