import type { Hex } from 'viem';
import { publicClient } from '@/lib/chain/client';
import { predictCollection } from '@/lib/chain/deploy/create-collection';
import { AppError } from '@/lib/errors';

type Home = { creator: Hex; salt: Hex; base: string; collection: string };

/** The factory that makes this collection: the one in use, or a former one. Throws `misconfigured` where none of them does. */
export async function factoryOf(factories: Hex[], { creator, salt, base, collection }: Home): Promise<Hex> {
  for (const factory of factories) {
    if ((await predictCollection(publicClient(), factory, creator, salt, base)).toLowerCase() === collection.toLowerCase()) return factory;
  }
  throw new AppError('misconfigured', { message: `No factory of this house makes the collection ${collection}.` });
}
