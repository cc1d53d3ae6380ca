import { z } from 'zod';
import { buyInput, renewInput } from '../tier-schema';

export const passOfferInput = buyInput;
export const renewalOfferInput = renewInput;
/** A quote of either, accepted. */
export const passRelayInput = z.object({ token: z.string().max(2000) });

/** What a pass costs in credits right now, sent by the house. Amounts are decimal strings; `token` is given back to accept it. */
export type PassOfferDto = {
  token: string;
  priceMillicredits: string;
  /** Of that, what comes back in credits where the pass is given back unused within its window; the rest is for the gas. */
  refundMillicredits: string;
  passPriceWei: string;
  gasWei: string;
  /** What the person has of credits that cannot be charged back: only those pay for it. */
  spendableMillicredits: string;
  expiresAt: string;
};

/** What it costs in credits right now that a pass lasts longer, sent by the house. */
export type RenewalOfferDto = {
  token: string;
  priceMillicredits: string;
  /** Of that, what is for the renewal; the rest is for the gas. */
  valueMillicredits: string;
  renewalWei: string;
  gasWei: string;
  spendableMillicredits: string;
  expiresAt: string;
};

/** What the house sends about a pass for credits, on its way. `waiting` to be sent, `sent`, `seen` in a block, `safe`: done and paid; `failed`: the credits are back. */
export type PassRelayDto = {
  id: string;
  step: 'waiting' | 'sent' | 'seen' | 'safe' | 'failed';
  priceMillicredits: string;
  txHash: string | null;
  /** It is for somebody else. */
  isGift: boolean;
  /** The page of the pass it was about, once the index has it. */
  path: string | null;
  /** Why it failed, as a sentence. */
  problem: string | null;
};
