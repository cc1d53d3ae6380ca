import 'server-only';
import { BaseError, ContractFunctionRevertedError, type Hex, type PublicClient, parseEventLogs } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { DAG_PB, type FileCid, RAW } from '@/lib/protocol/cid';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';

/** A contract that refuses says no; anything else (no answer, a wrong one) is thrown. */
async function orIfRefused<T, F>(answer: Promise<T>, refused: F): Promise<T | F> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof BaseError && error.walk((cause) => cause instanceof ContractFunctionRevertedError)) return refused;
    throw error;
  }
}

/** Who owns a token now; null when there is none of this id. */
export function readOwner(client: PublicClient, collection: Hex, tokenId: Hex): Promise<Hex | null> {
  const call = { address: collection, abi: workCollectionAbi, functionName: 'ownerOf', args: [BigInt(tokenId)] } as const;
  return orIfRefused(client.readContract(call), null);
}

/** Whether the collection accepts a file's record as the one the token was minted with. */
export function readAccepted(client: PublicClient, record: WorkRecord, image: FileCid, tokenId: Hex): Promise<boolean> {
  const { label = '', traits = '0x', evolve = '0x' } = record;
  const shown = { receipt: receiptOf(record), codec: image.codec, image: image.digest, label, traits, evolve };
  const call = { address: record.collection, abi: workCollectionAbi, functionName: 'verifyRecord', args: [BigInt(tokenId), shown] } as const;
  return orIfRefused(client.readContract(call), false);
}

/** The file a token names, from the log of its mint in the block `blockHash`; undefined where the chain has no such log (any more). */
export async function readMintedImage(client: PublicClient, collection: Hex, tokenId: Hex, blockHash: Hex): Promise<FileCid | undefined> {
  const logs = await client.getLogs({ address: collection, blockHash });
  const minted = parseEventLogs({ abi: workCollectionAbi, logs, eventName: 'Minted', args: { tokenId: BigInt(tokenId) } })[0];
  if (minted?.args.codec !== RAW && minted?.args.codec !== DAG_PB) return undefined;
  return { codec: minted.args.codec, digest: minted.args.image };
}
