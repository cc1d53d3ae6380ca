import 'server-only';
import { BaseError, ContractFunctionRevertedError, type Hex } from 'viem';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { withoutUrl } from '@/lib/chain/chain-error';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** What a pass of a tier costs at this moment, by the chain. Throws `not_found`, `pass_sale_closed`, `pass_sold_out`, `chain_unavailable`. */
export async function readSale(db: Database, { collection: address, tierId }: { collection: Hex; tierId: number }) {
  const chainId = await knownCollection(db, address);
  const tier = await askCollection(() =>
    publicClient().readContract({ address, abi: passCollectionAbi, functionName: 'tierOf', args: [BigInt(tierId)] }),
  );
  if (!tier.open) throw new AppError('pass_sale_closed');
  if (tier.sold >= tier.cap) throw new AppError('pass_sold_out');
  return { chainId, priceWei: tier.price, left: tier.cap - tier.sold };
}

/** The chain of a collection of ours. Throws `not_found`. */
export async function knownCollection({ prisma }: Database, address: string): Promise<number> {
  const chainId = await readChainId();
  if (!(await prisma.passCollection.findUnique({ where: { chainId_address: { chainId, address } } }))) throw new AppError('not_found');
  return chainId;
}

/** A revert: there is no such tier or pass. */
export async function askCollection<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const isNo = error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError);
    throw new AppError(isNo ? 'not_found' : 'chain_unavailable', { cause: withoutUrl(error) });
  }
}
