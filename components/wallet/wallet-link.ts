/** A transaction for the wallet. Wei as decimal text. */
export type WalletCall = { chainId: number; to: `0x${string}`; data: `0x${string}`; valueWei: string };

/** A payment at the till in a token, in its base units. */
export type TokenPayment = { chainId: number; to: `0x${string}`; token: `0x${string}`; amount: string; memo: `0x${string}` };

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
  /** Like `send`: has the wallet sign a permit, or send an approval where it cannot, and then pay. */
  payToken(payment: TokenPayment): Promise<`0x${string}`>;
};
