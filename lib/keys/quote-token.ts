import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';
import { openPayload, sealPayload } from './sealed-payload';

/** Quotes of one purpose. They travel to the browser and back under our HMAC, so that a price costs us no row. */
export function quoteToken<T extends { userId: string }>(purpose: string, payload: z.ZodType<T>) {
  return {
    seal: (quote: T): string => sealPayload(purpose, quote),
    /** Opens one that is ours and this person's. Throws `quote_invalid`; whether it still stands is for the caller to see. */
    open(token: string, actor: Actor): T {
      const quote = openPayload(purpose, token, payload);
      if (quote?.userId !== actor.userId) throw new AppError('quote_invalid');
      return quote;
    },
  };
}
