import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { openPayload, sealPayload } from '@/lib/keys/sealed-payload';
import { uuidInput } from '@/lib/uuid-input';
import { addressInput } from '../schema';

const payload = z.object({
  quoteId: uuidInput,
  userId: uuidInput,
  chainId: z.number().int(),
  collection: addressInput,
  tierId: z.number().int(),
  receiver: addressInput,
  passPriceWei: z.string(),
  priceMillicredits: z.string(),
  refundMillicredits: z.string(),
  expiresAtMs: z.number().int(),
});
export type PurchaseQuote = z.infer<typeof payload>;

const PURPOSE = 'pass quote';

export const sealPurchaseQuote = (quote: PurchaseQuote): string => sealPayload(PURPOSE, quote);

/** Opens a quote that is ours and this person's. Throws `quote_invalid`; whether it still stands is for the caller to see. */
export function openPurchaseQuote(token: string, actor: Actor): PurchaseQuote {
  const quote = openPayload(PURPOSE, token, payload);
  if (quote?.userId !== actor.userId) throw new AppError('quote_invalid');
  return quote;
}
