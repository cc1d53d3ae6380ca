import 'server-only';
import { type Hex, keccak256, stringToBytes } from 'viem';
import type { Actor } from '@/lib/actor';
import { passFactoryAbi } from '@/lib/chain/abi/pass-factory';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** One collection of passes a creator: its address follows from theirs, this and the base. */
export const PASSES_SALT = keccak256(stringToBytes('intaglio passes'));

export type Home = { chainId: number; collection: Hex; base: string };

/** Where the creator's passes are or will be. The row is written before anyone can deploy them, so that the indexer misses no log. */
export async function collectionHome({ prisma }: Pick<Database, 'prisma'>, { userId, address }: Actor): Promise<Home> {
  const chainId = await readChainId();
  const where = { chainId_creatorId: { chainId, creatorId: userId } };
  const found = await prisma.passCollection.findUnique({ where });
  if (found) return { chainId, collection: found.address as Hex, base: found.base };
  const base = new URL(`/passes/${address.toLowerCase()}/`, env.PUBLIC_URL).href;
  const collection = await predict(deploymentOf(chainId).current('pass'), address, base);
  const row = await prisma.passCollection.upsert({ where, update: {}, create: { chainId, address: collection, creatorId: userId, base } });
  return { chainId, collection: row.address as Hex, base: row.base };
}

/** The factory that makes this collection: the one in use, or a former one. Throws `misconfigured` where none of them does. */
export async function factoryOfPasses({ chainId, collection, base }: Home, creator: Hex): Promise<Hex> {
  for (const factory of deploymentOf(chainId).all('pass')) {
    if ((await predict(factory, creator, base)) === collection) return factory;
  }
  throw new AppError('misconfigured', { message: `No factory of this house makes the collection ${collection}.` });
}

async function predict(factory: Hex, creator: Hex, base: string): Promise<Hex> {
  const args = [creator, PASSES_SALT, base] as const;
  const at = await publicClient().readContract({ address: factory, abi: passFactoryAbi, functionName: 'predictCollection', args });
  return at.toLowerCase() as Hex;
}
