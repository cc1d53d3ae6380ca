import type { Hex, PublicClient } from 'viem';
import { withoutUrl } from '@/lib/chain/chain-error';

/** Providers cap the span of one question: it is halved down to this before a failure counts. */
const LEAST_SPAN = 100n;
const FIRST_SPAN = 10_000n;

export type ScannedLog = { address: Hex; topics: Hex[]; data: Hex; txHash: Hex; blockHash: Hex; blockNumber: bigint; logIndex: number };
type Span = { addresses: Hex[]; from: bigint; to: bigint };

/**
 * Every log of these contracts in a span of blocks, in chain order, asked for by number: this is a second look at the chain that shares no code
 * with the indexer, which asks block by block.
 */
export async function scanLogs(client: PublicClient, { addresses, from, to }: Span): Promise<ScannedLog[]> {
  const found: ScannedLog[] = [];
  if (addresses.length === 0) return found;
  let span = FIRST_SPAN;
  for (let start = from; start <= to; ) {
    const end = start + span - 1n < to ? start + span - 1n : to;
    try {
      found.push(...(await ask(client, { addresses, from: start, to: end })));
      start = end + 1n;
    } catch (error) {
      if (span <= LEAST_SPAN) throw withoutUrl(error);
      span /= 2n;
    }
  }
  return found;
}

async function ask(client: PublicClient, { addresses, from, to }: Span): Promise<ScannedLog[]> {
  const logs = await client.getLogs({ address: addresses, fromBlock: from, toBlock: to });
  return logs.map((log) => ({
    address: lower(log.address),
    topics: log.topics,
    data: log.data,
    txHash: lower(log.transactionHash),
    blockHash: lower(log.blockHash),
    blockNumber: log.blockNumber,
    logIndex: log.logIndex,
  }));
}

const lower = (hex: Hex) => hex.toLowerCase() as Hex;
