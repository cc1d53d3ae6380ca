export type Finality = 'seen' | 'safe' | 'final';

/** Blocks on top of a block, none for one above the head (the indexer is about to undo it). */
export function confirmationsAt(headNumber: bigint, blockNumber: bigint): number {
  return headNumber > blockNumber ? Number(headNumber - blockNumber) : 0;
}

/**
 * How sure a chain fact is, from the blocks on top of it. `final` = the depth at which deposits become credits and below which the
 * indexer refuses a fork; `safe` = half of it, which on Ethereum (65) is one epoch.
 */
export function finalityAt(confirmations: number, confirmationsNeeded: number): Finality {
  if (confirmations >= confirmationsNeeded) return 'final';
  return confirmations >= Math.ceil(confirmationsNeeded / 2) ? 'safe' : 'seen';
}
