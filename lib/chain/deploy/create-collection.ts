import { type ContractFunctionArgs, encodeFunctionData, type Hex, type PublicClient } from 'viem';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';

/** What a creator allows of one version. `capTokens` at most 16,777,215; times in seconds, 0 for "no bound". */
export type VersionBounds = { capTokens: number; floorPriceWei: bigint; opensAt: number; closesAt: number };

export type CollectionInput = {
  /** The creator's choice, one per collection: part of the address. */
  salt: Hex;
  /** What every token's `external_url` starts with, for ever: part of the address. JSON-safe, at most 200 bytes. */
  base: string;
  name: string;
  symbol: string;
  /** At most 1,000 (10 %). */
  royaltyBps: number;
  /** Digest of the first version's manifest, and the address of its key. */
  version: Hex;
  signer: Hex;
  bounds: VersionBounds;
};

type CreateArgs = ContractFunctionArgs<typeof workCollectionFactoryAbi, 'nonpayable', 'createCollection'>;

/** Bounds in the contract's words, for `addVersion` and `setBounds`. */
export function boundsArgument({ capTokens, floorPriceWei, opensAt, closesAt }: VersionBounds) {
  return { cap: capTokens, floorPrice: floorPriceWei, opensAt, closesAt };
}

/** Arguments of the factory's `createCollection`, to be sent by the creator's own account. */
export function createCollectionArgs(input: CollectionInput): CreateArgs {
  const { salt, base, name, symbol, royaltyBps, version, signer, bounds } = input;
  return [salt, base, { name, symbol, royaltyBps, version, signer, bounds: boundsArgument(bounds) }];
}

/** The call as a wallet sends it. */
export function createCollectionCall(factory: Hex, input: CollectionInput): { to: Hex; data: Hex } {
  return {
    to: factory,
    data: encodeFunctionData({ abi: workCollectionFactoryAbi, functionName: 'createCollection', args: createCollectionArgs(input) }),
  };
}

/** Where the creator's collection is or will be; depends on nothing but creator, salt and base. */
export async function predictCollection(publicClient: PublicClient, factory: Hex, creator: Hex, salt: Hex, base: string): Promise<Hex> {
  return await publicClient.readContract({
    address: factory,
    abi: workCollectionFactoryAbi,
    functionName: 'predictCollection',
    args: [creator, salt, base],
  });
}
