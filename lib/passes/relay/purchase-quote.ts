import { z } from 'zod';
import { quoteToken } from '@/lib/keys/quote-token';
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

export const { seal: sealPurchaseQuote, open: openPurchaseQuote } = quoteToken('pass quote', payload);
