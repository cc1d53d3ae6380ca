import 'server-only';
import { BaseError, ContractFunctionRevertedError, type Hex, type PublicClient, parseEventLogs } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import type { FileCid } from '@/lib/protocol/cid';
import { ProtocolError } from '@/lib/protocol/protocol-error';
import { decodeRecord, encodeRecord } from '@/lib/protocol/record-bytes';
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
export async function readAccepted(client: PublicClient, record: WorkRecord, image: FileCid, tokenId: Hex): Promise<boolean> {
  const shown = shownRecord(record, image);
  if (!shown) return false;
  const call = { address: record.collection, abi: workCollectionAbi, functionName: 'verifyRecord', args: [BigInt(tokenId), shown] } as const;
  return orIfRefused(client.readContract(call), false);
}

/** Null for a file that no token can have: sealed before it was given a title, or with texts that a collection refuses. */
function shownRecord(record: WorkRecord, image: FileCid): Hex | null {
  const { label, traits, evolve, params } = record;
  if (label === undefined || traits === undefined || evolve === undefined) return null;
  try {
    return encodeRecord({ receipt: receiptOf(record), image, label, traits, evolve, params });
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/** The file a token names, from the log of its mint in the block `blockHash`; undefined where the chain has no such log (any more). */
export async function readMintedImage(client: PublicClient, collection: Hex, tokenId: Hex, blockHash: Hex): Promise<FileCid | undefined> {
  const logs = await client.getLogs({ address: collection, blockHash });
  const minted = parseEventLogs({ abi: workCollectionAbi, logs, eventName: 'AigcData', args: { tokenId: BigInt(tokenId) } })[0];
  return minted && decodeRecord(minted.args.aigcData).image;
}
