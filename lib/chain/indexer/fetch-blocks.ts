import type { Hex, PublicClient, RpcLog } from 'viem';
import type { ChainLog, IndexedBlock } from '../types';

/** Providers cap the addresses of one filter; 500 is below the caps we know. */
const ADDRESSES_PER_FILTER = 500;

/** The chain changed while it was being read: nothing was applied, the next run reads it anew. */
export class ChainMoved extends Error {}

/**
 * Blocks `from` to `to` with the logs of `addresses`. Logs are asked for by block hash (EIP-234), never by number: a range of numbers
 * can be answered from another fork than the headers, and an empty answer would not show it. Throws ChainMoved.
 */
export async function fetchBlocks(client: PublicClient, chainId: number, from: bigint, to: bigint, addresses: Hex[]): Promise<IndexedBlock[]> {
  const numbers = Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
  const headers = await Promise.all(numbers.map((blockNumber) => client.getBlock({ blockNumber, includeTransactions: false })));
  for (const [i, header] of headers.entries()) {
    if (i > 0 && header.parentHash !== headers[i - 1]?.hash) throw new ChainMoved(`block ${header.number} does not follow the one before it`);
  }
  return Promise.all(
    headers.map(async ({ number, hash, parentHash, timestamp }) => {
      const logs = await fetchLogs(client, hash, addresses);
      return { chainId, number, hash, parentHash, at: new Date(Number(timestamp) * 1000), logs };
    }),
  );
}

async function fetchLogs(client: PublicClient, blockHash: Hex, addresses: Hex[]): Promise<ChainLog[]> {
  const chunks = Array.from({ length: Math.ceil(addresses.length / ADDRESSES_PER_FILTER) }, (_, i) =>
    addresses.slice(i * ADDRESSES_PER_FILTER, (i + 1) * ADDRESSES_PER_FILTER),
  );
  const found = await Promise.all(chunks.map((address) => client.request({ method: 'eth_getLogs', params: [{ blockHash, address }] }).catch(moved)));
  const logs = found.flat().sort((a, b) => Number(a.logIndex) - Number(b.logIndex));
  const firstIndex = await firstLogIndexes(client, blockHash, logs);
  return logs.map((log) => ({
    address: lower(log.address),
    topics: log.topics,
    data: log.data,
    txHash: lower(log.transactionHash ?? '0x'),
    ordinal: Number(log.logIndex) - (firstIndex.get(log.transactionHash ?? '0x') ?? 0),
  }));
}

/** Where each transaction's logs begin in the block. A log index moves in a reorg; its distance from here does not. */
async function firstLogIndexes(client: PublicClient, blockHash: Hex, logs: RpcLog[]): Promise<Map<Hex, number>> {
  const hashes = [...new Set(logs.map((log) => log.transactionHash ?? '0x'))];
  const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash }).catch(moved)));
  return new Map(
    receipts.map((receipt) => {
      if (receipt.blockHash !== blockHash) throw new ChainMoved(`transaction ${receipt.transactionHash} moved to another block`);
      return [receipt.transactionHash, Math.min(...receipt.logs.map((log) => log.logIndex))];
    }),
  );
}

/** "Unknown block" and "not found" come in every provider's own words; reading again is right for all of them. */
function moved(cause: unknown): never {
  throw new ChainMoved('a block or transaction could not be read', { cause });
}

const lower = (hex: Hex) => hex.toLowerCase() as Hex;
