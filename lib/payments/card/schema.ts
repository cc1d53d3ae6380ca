import { z } from 'zod';
import { cardCurrencies, creditPacks } from './packs';

export const checkoutInput = z.object({
  packId: z.enum(creditPacks.map(({ id }) => id)),
  currency: z.enum(cardCurrencies),
  /** The model page that credits were missing on: the way back to it is kept through the payment. */
  back: z
    .string()
    .regex(/^\/models\/[a-z0-9-]+$/)
    .optional(),
});
export type CheckoutInput = z.infer<typeof checkoutInput>;

/** Whether credits can be bought by card here; `simulated`: the launcher's stand-in takes the place of the card processor. */
export type CardAvailabilityDto = { on: true; simulated: boolean; bonusDays: number } | { on: false; why: string };

/** A purchase by card, as its buyer sees it. Amounts of money are minor units. */
export type CardPurchaseDto = {
  id: string;
  state: 'open' | 'paid' | 'expired';
  millicredits: string;
  bonusMillicredits: string;
  currency: string;
  /** What was charged, tax included; before that the price. */
  amountMinor: string;
  refundedMinor: string;
  /** A bank took the money back or asks for it, or what a refund or dispute took is still owed. */
  disputed: boolean;
  owes: boolean;
  receiptUrl: string | null;
  at: string;
};
