/** A transfer to a creator's account, as Stripe's records have it. */
export type ConnectTransfer = { id: string; accountId: string; amountCents: bigint; reversed: boolean };

/** What payouts need of Stripe Connect. */
export interface ConnectApi {
  /** The creator's account; the same one for the same user, also when it is asked for again. */
  createAccount(input: { userId: string }): Promise<{ accountId: string }>;
  /** A page of Stripe's where the creator says who they are; good for a few minutes and one visit. */
  createOnboardingLink(input: { accountId: string; returnUrl: string; refreshUrl: string }): Promise<{ url: string }>;
  /** Whether money can be sent on to the creator's bank. */
  readAccount(accountId: string): Promise<{ payoutsEnabled: boolean }>;
  /** Sends once for each payout, however often it is called. `refused` is for good; it throws where nobody knows. */
  createTransfer(input: { payoutId: string; accountId: string; amountCents: bigint }): Promise<{ id: string } | { refused: string }>;
  /** Every transfer that was made for a payout. */
  findTransfers(payoutId: string): Promise<ConnectTransfer[]>;
}
