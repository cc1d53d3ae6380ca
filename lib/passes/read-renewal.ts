import 'server-only';
import type { Hex } from 'viem';
import type { z } from 'zod';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { publicClient } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { readPassId } from './pass-id';
import { askCollection, knownCollection } from './read-sale';
import type { renewInput } from './tier-schema';

export type Renewal = { chainId: number; collection: Hex; tokenId: bigint; durationSeconds: bigint; priceWei: bigint; holder: Hex };

/** What it costs at this moment, by the chain, to make a pass last longer; and who holds it. Throws `not_found`, `pass_not_renewable`, `chain_unavailable`. */
export async function readRenewal(db: Database, { passId, times }: z.output<typeof renewInput>): Promise<Renewal> {
  const { collection: address, tokenId, tierId, chainId: named } = readPassId(passId);
  const chainId = await knownCollection(db, address);
  if (named !== chainId) throw new AppError('not_found');
  const contract = { address, abi: passCollectionAbi } as const;
  const [isRenewable, { price, duration }, holder] = await askCollection(() =>
    Promise.all([
      publicClient().readContract({ ...contract, functionName: 'isRenewable', args: [tokenId] }),
      publicClient().readContract({ ...contract, functionName: 'tierOf', args: [BigInt(tierId)] }),
      publicClient().readContract({ ...contract, functionName: 'ownerOf', args: [tokenId] }),
    ]),
  );
  if (!isRenewable) throw new AppError('pass_not_renewable');
  const total = { durationSeconds: BigInt(duration) * BigInt(times), priceWei: price * BigInt(times) };
  return { chainId, collection: address, tokenId, ...total, holder: holder.toLowerCase() as Hex };
}
