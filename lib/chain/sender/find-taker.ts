import type { Hex, PublicClient } from 'viem';

/** Nodes that are no archive know the state of some 128 blocks back. */
const BLOCKS_SEARCHED = 100n;

/** The transaction that used a nonce of an account, at or below a block; null where it is too long ago to be found. */
export async function findTaker(client: PublicClient, address: Hex, nonce: number, upTo: bigint): Promise<Hex | null> {
  const isUsedAt = async (blockNumber: bigint) => (await client.getTransactionCount({ address, blockNumber })) > nonce;
  let before = upTo > BLOCKS_SEARCHED ? upTo - BLOCKS_SEARCHED : 0n;
  let used = upTo;
  if (await isUsedAt(before)) return null;
  while (used - before > 1n) {
    const middle = (before + used) / 2n;
    if (await isUsedAt(middle)) used = middle;
    else before = middle;
  }
  const { transactions } = await client.getBlock({ blockNumber: used, includeTransactions: true });
  return transactions.find((one) => one.from.toLowerCase() === address && one.nonce === nonce)?.hash ?? null;
}
