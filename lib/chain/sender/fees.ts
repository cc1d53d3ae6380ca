import type { PublicClient } from 'viem';
import { smaller } from '@/lib/money';
import type { Fees } from './rows';

/** What gets into one of the next blocks: room for the base fee to double. Null while the chain asks more than `capWei`. */
export async function currentFees(client: PublicClient, baseFeeWei: bigint, capWei: bigint): Promise<Fees | null> {
  const priorityFeeWei = await client.estimateMaxPriorityFeePerGas();
  if (baseFeeWei + priorityFeeWei > capWei) return null;
  return { priorityFeeWei, maxFeeWei: smaller(baseFeeWei * 2n + priorityFeeWei, capWei) };
}

const larger = (a: bigint, b: bigint) => (a > b ? a : b);
/** Nodes take a replacement that pays a tenth more, in both fees; an eighth leaves no doubt. */
const more = (wei: bigint) => wei + wei / 8n + 1n;

/** Fees of a replacement: enough for nodes to take it, and for the chain as it is now. Null where that is more than `capWei`. */
export function replacementFees(previous: Fees, current: Fees | null, capWei: bigint): Fees | null {
  const priorityFeeWei = larger(more(previous.priorityFeeWei), current?.priorityFeeWei ?? 0n);
  const maxFeeWei = larger(more(previous.maxFeeWei), current?.maxFeeWei ?? 0n);
  return current === null || maxFeeWei > capWei ? null : { maxFeeWei, priorityFeeWei };
}
