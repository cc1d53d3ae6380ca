/** A transaction for the wallet. Wei as decimal text. */
export type WalletCall = { chainId: number; to: `0x${string}`; data: `0x${string}`; valueWei: string };

/**
 * How the page speaks to the wallet once the island is loaded. `step` is what stands between the person and a transaction:
 * settling (a known wallet is still reconnecting) · signed_out · connect · other_account · wrong_network · ready.
 */
export type WalletLink = {
  step: 'settling' | 'signed_out' | 'connect' | 'other_account' | 'wrong_network' | 'ready';
  /** Opens the dialog to choose a wallet and sign in. */
  open(): void;
  switchNetwork(): Promise<void>;
  /** Checks account and network once more, tries the call, has the wallet send it. Throws WalletProblem. */
  send(call: WalletCall): Promise<`0x${string}`>;
};
