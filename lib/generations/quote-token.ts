import { z } from 'zod';
import { quoteToken } from '@/lib/keys/quote-token';
import { uuidInput } from '@/lib/uuid-input';

/** What a quote pins. */
const quotePayload = z.object({
  quoteId: uuidInput,
  userId: uuidInput,
  version: z.string(),
  deploymentId: uuidInput,
  prompt: z.string(),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  runs: z
    .array(
      z.object({
        id: uuidInput,
        seed: z.string(),
        priceMillicredits: z.string(),
        feeMillicredits: z.string(),
        parentMillicredits: z.string(),
        isTrial: z.boolean(),
        isIncluded: z.boolean(),
      }),
    )
    .min(1),
  trialRuns: z.number().int(),
  /** Whether the model had a rule of who may run it. */
  isRuled: z.boolean(),
  /** The pass that lets them in, or pays. */
  passId: z.string().nullable(),
  /** The pass that was named when it was asked for: what is bound to one starts with no other (lib/gateway). */
  askedPassId: z.string().nullable(),
  parent: z.object({ workId: z.string(), receipt: z.string(), creatorId: z.string() }).nullable(),
  uploadId: uuidInput.nullable(),
  mintPriceWei: z.string(),
  expiresAtMs: z.number().int(),
});
export type QuotePayload = z.infer<typeof quotePayload>;

export const { seal: sealQuote, open: openQuote } = quoteToken('quote', quotePayload);
