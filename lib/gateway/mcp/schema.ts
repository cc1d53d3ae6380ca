import { z } from 'zod';
import { receiptFileSchema } from '@/lib/protocol/receipt-file';
import { uuidInput } from '@/lib/uuid-input';
import { quotedInput, runInput } from '../schema';

/** An answer that takes longer is broken off by clients and by what stands between. */
const MOST_WAIT_SECONDS = 50;
const text = (description: string) => z.string().max(300).optional().meta({ description });

export const findModelsInput = z.object({
  query: text('Words to look for in name, tagline and slug. Left out: all models.'),
  kind: z.enum(['image', 'text']).optional(),
});
export const getModelInput = z.object({ model: z.string().min(1).max(80).meta({ description: 'Slug, as find_models gives it as id.' }) });
export const getGenerationInput = z.object({ id: uuidInput });

/** `quote`, or `model` and `prompt` with what else runs take. One object, since agents' clients take no other form. */
export const runToolInput = z.object({
  quote: quotedInput.shape.quote.optional().meta({ description: 'What the tool quote gave: then nothing else is needed.' }),
  ...runInput.partial().shape,
  idempotencyKey: z
    .string()
    .regex(/^[!-~]{1,255}$/)
    .optional()
    .meta({ description: 'Called again with the same key and settings within a day it starts nothing more, and gives the same runs.' }),
  waitSeconds: z
    .number()
    .int()
    .min(0)
    .max(MOST_WAIT_SECONDS)
    .default(30)
    .meta({ description: 'How long to wait for the runs to end. They go on after that: ask get_generation.' }),
});

/** One of these. A file is not fetched from an address, and not sent: its digest is enough. */
export const verifyToolInput = z.object({
  workId: uuidInput.optional().meta({ description: 'Of a work that you may see.' }),
  token: text('Number of a token, 0x and hexadecimal or decimal.'),
  collection: text('Address of the token’s collection.'),
  cid: text('CID of a token’s image or metadata.'),
  content: text('Digest of a work’s pixels, or of its text.'),
  receiptDigest: text('Digest of a receipt (EIP-712).'),
  digest: text('Any of token, receipt and content, where it is not known which.'),
  text: z.string().max(100_000).optional().meta({ description: 'The text of a work, every letter of it.' }),
  receipt: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: `A receipt’s file: its type is ${receiptFileSchema.shape.type.value}.` }),
});
