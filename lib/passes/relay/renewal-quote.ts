import { z } from 'zod';
import { quoteToken } from '@/lib/keys/quote-token';
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

export const { seal: sealRenewalQuote, open: openRenewalQuote } = quoteToken('pass renewal quote', payload);
