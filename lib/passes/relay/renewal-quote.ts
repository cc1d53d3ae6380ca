import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { openPayload, sealPayload } from '@/lib/keys/sealed-payload';
import { uuidInput } from '@/lib/uuid-input';
import { addressInput, passIdInput } from '../schema';

const payload = z.object({
  quoteId: uuidInput,
  userId: uuidInput,
  passId: passIdInput,
  times: z.number().int(),
  /** Of the moment it was asked for. */
  holder: addressInput,
  renewalWei: z.string(),
  priceMillicredits: z.string(),
  expiresAtMs: z.number().int(),
});
export type RenewalQuote = z.infer<typeof payload>;

const PURPOSE = 'pass renewal quote';

export const sealRenewalQuote = (quote: RenewalQuote): string => sealPayload(PURPOSE, quote);

/** Opens a quote that is ours and this person's. Throws `quote_invalid`; whether it still stands is for the caller to see. */
export function openRenewalQuote(token: string, actor: Actor): RenewalQuote {
  const quote = openPayload(PURPOSE, token, payload);
  if (quote?.userId !== actor.userId) throw new AppError('quote_invalid');
  return quote;
}
