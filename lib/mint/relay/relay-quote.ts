import { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { openPayload, sealPayload } from '@/lib/keys/sealed-payload';
import { uuidInput } from '@/lib/uuid-input';

const payload = z.object({
  quoteId: uuidInput,
  userId: uuidInput,
  workId: uuidInput,
  priceMillicredits: z.string(),
  maxGas: z.string(),
  expiresAtMs: z.number().int(),
});
export type RelayQuote = z.infer<typeof payload>;

const PURPOSE = 'relay quote';

export const sealRelayQuote = (quote: RelayQuote): string => sealPayload(PURPOSE, quote);

/** Opens a quote that is ours and this person's. Throws `quote_invalid`; whether it still stands is for the caller to see. */
export function openRelayQuote(token: string, actor: Actor): RelayQuote {
  const quote = openPayload(PURPOSE, token, payload);
  if (quote?.userId !== actor.userId) throw new AppError('quote_invalid');
  return quote;
}
