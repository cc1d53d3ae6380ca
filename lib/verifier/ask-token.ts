import { decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { dropCollectionAbi } from '@/lib/chain/abi/drop-collection';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import type { ChainReader } from './chain-reader';

/** Who holds a token now; null when there is none of this number. */
export async function readOwner(chain: ChainReader, collection: Hex, tokenId: Hex): Promise<Hex | null> {
  const call = { abi, functionName: 'ownerOf' } as const;
  const data = await chain.call(collection, encodeFunctionData({ ...call, args: [BigInt(tokenId)] }));
  return data && (decodeFunctionResult({ ...call, data }).toLowerCase() as Hex);
}

/** Whether the collection says that the token was minted with this record. */
export async function readAccepted(chain: ChainReader, collection: Hex, tokenId: Hex, record: Hex): Promise<boolean> {
  const call = { abi, functionName: 'verifyRecord' } as const;
  const data = await chain.call(collection, encodeFunctionData({ ...call, args: [BigInt(tokenId), record] }));
  return data !== null && decodeFunctionResult({ ...call, data });
}

/** Whether records lead, one behind the other, from `previous` to the token's newest. */
export async function readSteps(chain: ChainReader, collection: Hex, tokenId: Hex, previous: Hex, steps: Hex[]): Promise<boolean> {
  const call = { abi, functionName: 'verifySteps' } as const;
  const data = await chain.call(collection, encodeFunctionData({ ...call, args: [BigInt(tokenId), previous, steps] }));
  return data !== null && decodeFunctionResult({ ...call, data });
}

/** sha-256 of the newest metadata (the number itself where there was no step), and of what its holder shows in place of it. */
export async function readHead(chain: ChainReader, collection: Hex, tokenId: Hex): Promise<{ head: Hex; pin: Hex | null }> {
  const ask = async (functionName: 'headOf' | 'pinOf'): Promise<Hex> => {
    const data = await chain.call(collection, encodeFunctionData({ abi, functionName, args: [BigInt(tokenId)] }));
    if (data === null) throw new Error('the collection refused a question');
    return decodeFunctionResult({ abi, functionName, data });
  };
  const [head, pin] = await Promise.all([ask('headOf'), ask('pinOf')]);
  return { head, pin: BigInt(pin) === 0n ? null : pin };
}

/** The batch of a drop, and whether a token of it stands for the work with this receipt. */
export async function readBatch(chain: ChainReader, drop: Hex, index: number, receiptDigest: Hex, proof: Hex[]) {
  const batchCall = { abi: dropCollectionAbi, functionName: 'batch' } as const;
  const workCall = { abi: dropCollectionAbi, functionName: 'verifyWork' } as const;
  const [batch, holds] = await Promise.all([
    chain.call(drop, encodeFunctionData(batchCall)),
    chain.call(drop, encodeFunctionData({ ...workCall, args: [BigInt(index), receiptDigest, proof] })),
  ]);
  if (batch === null) throw new Error('the drop refused a question');
  return {
    batch: decodeFunctionResult({ ...batchCall, data: batch }),
    holds: holds !== null && decodeFunctionResult({ ...workCall, data: holds }),
  };
}
