import { z } from 'zod';
import { quoteToken } from '@/lib/keys/quote-token';
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

export const { seal: sealRelayQuote, open: openRelayQuote } = quoteToken('relay quote', payload);
