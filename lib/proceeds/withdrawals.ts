import 'server-only';
import type { PoolClient } from 'pg';
import { zeroAddress } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { decodeLog } from '@/lib/chain/decode-log';
import type { IndexedBlock } from '@/lib/chain/types';
import type { Database } from '@/lib/db';
import type { Collection } from './read-balance';
import type { WithdrawalDto } from './schema';

/** Pages show so many, newest first. */
const SHOWN = 100;

/** Writes down what was taken out of collections in a block. Each handler calls it for the collections that it believes. */
export async function applyWithdrawals(tx: PoolClient, block: IndexedBlock): Promise<void> {
  for (const entry of block.logs) {
    const event = decodeLog(workCollectionAbi, entry);
    // Tokens that were paid as royalties are not ETH.
    if (event?.eventName !== 'Withdrawn' || event.args.token !== zeroAddress) continue;
    const { to, amount } = event.args;
    await tx.query(
      `INSERT INTO withdrawal (chain_id, block_hash, tx_hash, ordinal, block_number, at, collection, "to", amount_wei)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [block.chainId, block.hash, entry.txHash, entry.ordinal, block.number, block.at, entry.address, to.toLowerCase(), amount.toString()],
    );
  }
}

/** Takes back what blocks above `blockNumber` said, of all collections: the handler that comes second finds nothing left. */
export async function undoWithdrawals(tx: PoolClient, chainId: number, blockNumber: bigint): Promise<void> {
  await tx.query('DELETE FROM withdrawal WHERE chain_id = $1 AND block_number > $2', [chainId, blockNumber]);
}

/** What was taken out in all, and the newest of it. Anyone may send nothing to a payout, as often as they like: that is not shown. */
export async function readWithdrawals({ prisma }: Pick<Database, 'prisma'>, { chainId, address }: Collection) {
  const where = { chainId, collection: address, amountWei: { gt: 0 } };
  const [rows, { _sum: sum }] = await Promise.all([
    prisma.withdrawal.findMany({ where, orderBy: [{ blockNumber: 'desc' }, { txHash: 'asc' }, { ordinal: 'desc' }], take: SHOWN }),
    prisma.withdrawal.aggregate({ where, _sum: { amountWei: true } }),
  ]);
  const withdrawals: WithdrawalDto[] = rows.map(({ at, to, amountWei, txHash }) => ({ at: at.toISOString(), to, wei: amountWei.toFixed(0), txHash }));
  return { takenWei: sum.amountWei?.toFixed(0) ?? '0', withdrawals };
}

/** Whether the index has a transaction that took something out. */
export const isWithdrawal = async ({ prisma }: Pick<Database, 'prisma'>, txHash: string): Promise<boolean> =>
  (await prisma.withdrawal.findFirst({ where: { txHash }, select: { ordinal: true } })) !== null;
