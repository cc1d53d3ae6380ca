import 'server-only';
import { type Hex, zeroAddress } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { publicClient } from '@/lib/chain/client';

/** What lies in a collection and is not its creator's, or not yet. */
export type Held = { escrowed: bigint; owed: bigint };
/** One of a creator's collections. `held`: of a kind that keeps money for others, as of a block; left out, all in it may leave. */
export type Collection = { chainId: number; address: string; held?(at: { address: Hex; blockNumber: bigint }): Promise<Held> };

export type Balance = Held & { free: bigint; payout: Hex | null; owner: Hex };

/** All as of one block, for a sale between two answers would make them contradict each other. */
export async function readBalance({ address, held }: Pick<Collection, 'address' | 'held'>): Promise<Balance> {
  const client = publicClient();
  const at = { address: address as Hex, blockNumber: await client.getBlockNumber({ cacheTime: 0 }) };
  // Collections of all kinds answer alike here (CreatorCollection.sol).
  const contract = { ...at, abi: workCollectionAbi } as const;
  const [all, { escrowed, owed }, payout, owner] = await Promise.all([
    client.getBalance(at),
    held?.(at) ?? { escrowed: 0n, owed: 0n },
    client.readContract({ ...contract, functionName: 'payout' }),
    client.readContract({ ...contract, functionName: 'owner' }),
  ]);
  return { free: all - escrowed - owed, escrowed, owed, payout: payout === zeroAddress ? null : payout, owner };
}
