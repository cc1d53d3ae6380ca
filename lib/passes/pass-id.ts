import type { Hex } from 'viem';

/** A pass's number is tier × this + its number in the tier (PassToken.sol). */
const IDS_PER_TIER = 100_000_000n;

export type PassName = { chainId: number; collection: Hex; tokenId: bigint; tierId: number };

/** What a pass is called everywhere outside the chain; its runs in the ledger belong to this name. */
export const passIdOf = (chainId: number, collection: string, tokenId: bigint) => `${chainId}:${collection.toLowerCase()}:${tokenId}`;

export const tierOfToken = (tokenId: bigint) => Number(tokenId / IDS_PER_TIER);

/** Takes a name apart that `passIdInput` let in. */
export function readPassId(passId: string): PassName {
  const [chainId = '', collection = '', token = ''] = passId.split(':');
  const tokenId = BigInt(token);
  return { chainId: Number(chainId), collection: collection as Hex, tokenId, tierId: tierOfToken(tokenId) };
}
