import 'server-only';
import type { PoolClient } from 'pg';
import type { IndexedBlock, Postings } from '@/lib/chain/types';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { derivedRef } from '@/lib/credits/derived-ref';
import { lockCollectors } from '@/lib/credits/lock-collectors';
import { returnFloat } from '@/lib/credits/spend-float';
import { takeBack } from '@/lib/credits/take-back';
import { log } from '@/lib/log';

/** ETH of returned passes that came back to a relayer of ours, as the block's facts say (index-passes.ts has written them). */
export async function applyPaybacks(tx: PoolClient, { chainId, hash }: IndexedBlock): Promise<void> {
  await tx.query(
    `INSERT INTO pass_payback AS b (chain_id, block_hash, tx_hash, ordinal, block_number, pass_id, wei)
     SELECT f.chain_id, f.block_hash, f.tx_hash, f.ordinal, f.block_number, f.chain_id || ':' || f.collection || ':' || f.token_id, (f.data ->> 'priceWei')::numeric
       FROM pass_fact f JOIN sealed_key k ON k.purpose = 'relayer' AND lower(k.address) = f.data ->> 'payer'
      WHERE f.chain_id = $1 AND f.block_hash = $2 AND f.kind = 'refunded' AND (f.data ->> 'sent')::boolean
     ON CONFLICT (chain_id, block_hash, tx_hash, ordinal) DO UPDATE SET state = 'seen' WHERE b.state = 'reversed'`,
    [chainId, hash],
  );
}

type Due = {
  block_hash: string;
  tx_hash: string;
  ordinal: number;
  transfer_ref: string | null;
  wei: string;
  id: string;
  user_id: string;
  refund: string;
};
type Standing = Due & { transfer_ref: string };

/**
 * Gives back, at the confirmed depth, what a pass that was bought with credits had cost without its gas: to whoever paid, each standing payment
 * once. One whose purchase is not settled yet waits for that.
 */
export async function duePaybacks(tx: PoolClient, chainId: number, confirmedUpTo: bigint): Promise<Postings | null> {
  const { rows } = await tx.query<Due>(
    `SELECT b.block_hash, b.tx_hash, b.ordinal, b.transfer_ref, b.wei, p.id, p.user_id, p.refund_millicredits AS refund
       FROM pass_payback b JOIN pass_token t ON t.id = b.pass_id
       JOIN pass_purchase p ON p.chain_id = t.chain_id AND p.tx_hash = t.tx_hash AND p.collection = t.collection AND p.state = 'captured'
      WHERE b.chain_id = $1 AND b.state = 'seen' AND b.block_number <= $2 ORDER BY b.block_number, b.tx_hash, b.ordinal FOR UPDATE OF b`,
    [chainId, confirmedUpTo],
  );
  if (rows.length === 0) return null;
  const accounts = { fee: await openAccount(tx, 'relay_fee', 'house'), loss: await openAccount(tx, 'write_off', 'house') };
  return { owners: rows.map(({ user_id }) => user_id), accounts: Object.values(accounts), post: () => credit(tx, chainId, rows, accounts) };
}

async function credit(tx: PoolClient, chainId: number, rows: Due[], accounts: { fee: bigint; loss: bigint }): Promise<void> {
  for (const due of rows) {
    const ref = derivedRef('pass payback', chainId, due.block_hash, due.tx_hash, due.ordinal, due.transfer_ref ?? '');
    const amountMillicredits = BigInt(due.refund);
    // What was earned with relays may have been moved by operators: the collector gets theirs all the same.
    const debit = (await balanceOf(tx, accounts.fee)).posted >= amountMillicredits ? accounts.fee : accounts.loss;
    const given = { ref, userId: due.user_id, bucket: 'onchain', debit, amountMillicredits, code: 'relay_refund', about: due.id } as const;
    if (amountMillicredits > 0n) await creditCollector(tx, given);
    if (!(await returnFloat(tx, { ref, wei: BigInt(due.wei) }))) log.error({ ref }, 'ETH of a returned pass is more than the relayer has spent');
    await tx.query(
      `UPDATE pass_payback SET state = 'credited', transfer_ref = $5, purchase_id = $6 WHERE chain_id = $1 AND block_hash = $2 AND tx_hash = $3 AND ordinal = $4`,
      [chainId, due.block_hash, due.tx_hash, due.ordinal, ref, due.id],
    );
  }
}

/** Takes back what blocks above `blockNumber` paid: credits that were given are taken from what the collector has, the rest is owed. */
export async function undoPaybacks(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  await tx.query(`DELETE FROM pass_payback WHERE chain_id = $1 AND block_number > $2 AND state = 'seen' AND transfer_ref IS NULL`, [
    chainId,
    blockNumber,
  ]);
  const { rows } = await tx.query<Standing & { was: string }>(
    `UPDATE pass_payback b SET state = 'reversed'
       FROM (SELECT * FROM pass_payback WHERE chain_id = $1 AND block_number > $2 AND state <> 'reversed' FOR UPDATE) o, pass_purchase p
      WHERE (b.chain_id, b.block_hash, b.tx_hash, b.ordinal) = (o.chain_id, o.block_hash, o.tx_hash, o.ordinal) AND p.id = o.purchase_id
     RETURNING o.state::text AS was, b.transfer_ref, b.wei, p.id, p.user_id, p.refund_millicredits AS refund`,
    [chainId, blockNumber],
  );
  const credited = rows.filter(({ was }) => was === 'credited');
  if (credited.length === 0) return;
  const fee = await openAccount(tx, 'relay_fee', 'house');
  await lockCollectors(
    tx,
    credited.map(({ user_id }) => user_id),
    [fee],
  );
  for (const { transfer_ref, user_id: userId, refund, id, wei } of credited) {
    const take = { ref: derivedRef('pass payback undone', transfer_ref), userId, lot: transfer_ref, about: id, buckets: ['onchain' as const] };
    const amountMillicredits = BigInt(refund);
    if (amountMillicredits > 0n) await takeBack(tx, { ...take, credit: fee, amountMillicredits, code: 'relay_refund' });
    const kept = await returnFloat(tx, { ref: take.ref, wei: BigInt(wei), undone: true });
    log.warn({ purchase: id, kept }, 'a pass that was given back is not, any more: what was returned for it was taken back');
  }
}
