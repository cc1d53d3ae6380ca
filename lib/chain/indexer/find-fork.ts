import type { Pool } from 'pg';
import { BlockNotFoundError, type Hex, type PublicClient } from 'viem';
import { type Cursor, readBlocks } from './cursor';

const BLOCKS_PER_LOOK = 50;

/** The highest applied block that the chain still has; null when it has none of those kept. */
export async function findFork(client: PublicClient, pool: Pool, chainId: number, headNumber: bigint): Promise<Cursor | null> {
  let upTo = headNumber;
  for (;;) {
    const applied = await readBlocks(pool, chainId, upTo, BLOCKS_PER_LOOK);
    const onChain = await Promise.all(applied.map(({ number }) => hashOf(client, number)));
    const fork = applied.find(({ hash }, i) => hash === onChain[i]);
    const last = applied.at(-1);
    if (fork || !last) return fork ?? null;
    upTo = last.number - 1n;
  }
}

async function hashOf(client: PublicClient, blockNumber: bigint): Promise<Hex | null> {
  try {
    return (await client.getBlock({ blockNumber, includeTransactions: false })).hash;
  } catch (error) {
    if (error instanceof BlockNotFoundError) return null;
    throw error;
  }
}
