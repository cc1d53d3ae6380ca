/** A payout that is being sent. Its amount was fixed when it began to be. */
export type SendingPayout = { id: string; destination: string; amountOut: bigint };

/** 'pending': it is with the chain's sender, which will report. */
export type SendOutcome = { state: 'sent'; externalRef: string; txHash?: string } | { state: 'failed'; error: string } | { state: 'pending' };

/**
 * A way money leaves by. Both calls may throw, which means that nobody knows: the payout then stays `sending`, and the next attempt asks
 * `findOutcome` before it sends anything.
 */
export interface PayoutRail {
  /** What became of this payout, from the other side's own records; 'none' when they have nothing of it. */
  findOutcome(payout: SendingPayout): Promise<SendOutcome | { state: 'none' }>;
  /** Sends it. Called again for the same payout it must not send twice, whatever became of the call before. 'failed' is for good. */
  send(payout: SendingPayout): Promise<SendOutcome>;
}
