import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { isFactoryMade } from '@/lib/chain/deployments';
import type { ChainHandler, ChainLog } from '@/lib/chain/types';
import type { Database } from '@/lib/db';
import { applyWithdrawals, undoWithdrawals } from '@/lib/proceeds/withdrawals';
import { applyTokens, undoTokens } from './index-tokens';

/** A factory never takes a collection back, so a yes is kept. */
const made = new Set<string>();

async function isOurs(client: PublicClient, chainId: number, { address }: ChainLog): Promise<boolean> {
  const key = `${chainId} ${address}`;
  if (made.has(key)) return true;
  const yes = await isFactoryMade(client, chainId, 'work', address);
  if (yes) made.add(key);
  return yes;
}

/** The collections of our versions. A mint needs our voucher, which needs the version's row: none is minted before its row is there. */
async function collections({ prisma }: Database, chainId: number): Promise<Hex[]> {
  const rows = await prisma.modelVersion.findMany({ where: { chainId }, distinct: ['collection'], select: { collection: true } });
  return rows.map((row) => row.collection.toLowerCase() as Hex);
}

/** Tokens of collections that a factory of ours made and that belong to our versions, and what their creators take out of them. */
export const chainHandlers: ChainHandler[] = [
  {
    name: 'tokens',
    addresses: collections,
    accepts: isOurs,
    apply: async (tx, block) => {
      await applyTokens(tx, block);
      await applyWithdrawals(tx, block);
    },
    undo: async (tx, chainId, blockNumber) => {
      await undoWithdrawals(tx, chainId, blockNumber);
      await undoTokens(tx, chainId, blockNumber);
    },
  },
];
