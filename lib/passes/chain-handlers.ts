import 'server-only';
import type { Hex, PublicClient } from 'viem';
import { isFactoryMade } from '@/lib/chain/deployments';
import type { ChainHandler, ChainLog } from '@/lib/chain/types';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { applyWithdrawals, undoWithdrawals } from '@/lib/proceeds/withdrawals';
import { applyPasses, undoPasses } from './index-passes';
import { applyPaybacks, duePaybacks, undoPaybacks } from './relay/paybacks';

/** A factory never takes a collection back, so a yes is kept. */
const made = new Set<string>();

async function isOurs(client: PublicClient, chainId: number, { address }: ChainLog): Promise<boolean> {
  const key = `${chainId} ${address}`;
  if (made.has(key)) return true;
  const yes = await isFactoryMade(client, chainId, 'pass', address);
  if (yes) made.add(key);
  return yes;
}

/** The row is there before the call that makes the collection is planned, so none of its logs is missed. */
async function collections({ prisma }: Database, chainId: number): Promise<Hex[]> {
  const rows = await prisma.passCollection.findMany({ where: { chainId }, select: { address: true } });
  return rows.map(({ address }) => address as Hex);
}

/** Tiers and passes of our creators' collections, what comes back for those that the house bought, and what is taken out. */
export const chainHandlers: ChainHandler[] = [
  {
    name: 'passes',
    addresses: collections,
    accepts: isOurs,
    apply: async (tx, block) => {
      await applyPasses(tx, block);
      await applyPaybacks(tx, block);
      await applyWithdrawals(tx, block);
    },
    undo: async (tx, chainId, blockNumber) => {
      await undoWithdrawals(tx, chainId, blockNumber);
      await undoPaybacks(tx, chainId, blockNumber);
      await undoPasses(tx, chainId, blockNumber);
    },
    compensate: undoPaybacks,
    settle: (tx, chainId, headNumber) => duePaybacks(tx, chainId, headNumber - BigInt(env.CONFIRMATIONS)),
  },
];
