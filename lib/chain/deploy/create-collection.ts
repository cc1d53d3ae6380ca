import { type ContractFunctionArgs, encodeFunctionData, type Hex, type PublicClient, zeroAddress } from 'viem';
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
  /** Where the collection's money can only go, for ever; left out, its creator decides each time. */
  payout?: Hex;
  /** Digest of the first version's manifest, and the address of its key. */
  version: Hex;
  signer: Hex;
  bounds: VersionBounds;
};

type CreateArgs = ContractFunctionArgs<typeof workCollectionFactoryAbi, 'nonpayable', 'createCollection'>;

/** A version, its key and its bounds in the contract's words: the argument of `addVersion`. */
export function versionTerms(version: Hex, signer: Hex, { capTokens, floorPriceWei, opensAt, closesAt }: VersionBounds) {
  return { version, signer, bounds: { cap: capTokens, floorPrice: floorPriceWei, opensAt, closesAt } };
}

/** Arguments of the factory's `createCollection`, to be sent by the creator's own account. */
export function createCollectionArgs(input: CollectionInput): CreateArgs {
  const { salt, base, name, symbol, royaltyBps, payout = zeroAddress, version, signer, bounds } = input;
  return [salt, base, { name, symbol, royaltyBps, payout }, versionTerms(version, signer, bounds)];
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
