export type WithdrawalDto = { at: string; to: string; wei: string; txHash: string };
/** What a creator's collection earned, wei as decimal text. */
export type ProceedsDto = {
  collection: string;
  /** Null while the chain is away. `escrowedWei` may still be asked back, `owedWei` waits for payers who could not take their refund: both of passes only. */
  balance: { freeWei: string; escrowedWei: string; owedWei: string } | null;
  takenWei: string;
  /** Newest first. */
  withdrawals: WithdrawalDto[];
};
