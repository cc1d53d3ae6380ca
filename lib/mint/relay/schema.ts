import { z } from 'zod';
import { voucherInput } from '../schema';

export const relayQuoteInput = voucherInput.pick({ workId: true });
export const relayInput = voucherInput.pick({ label: true }).extend({ token: z.string().max(2000) });

/** What a mint with credits costs right now. Amounts are decimal strings; `token` is given back to accept it. */
export type RelayQuoteDto = {
  token: string;
  priceMillicredits: string;
  mintPriceWei: string;
  gasWei: string;
  /** What the person has of credits that cannot be charged back: only those pay for it. */
  spendableMillicredits: string;
  expiresAt: string;
};

/** A mint with credits on its way. `waiting` to be sent, `sent`, `seen` in a block, `safe`: minted and paid; `failed`: the credits are back. */
export type RelayDto = {
  id: string;
  step: 'waiting' | 'sent' | 'seen' | 'safe' | 'failed';
  priceMillicredits: string;
  txHash: string | null;
  /** Why it failed, as a sentence. */
  problem: string | null;
};
