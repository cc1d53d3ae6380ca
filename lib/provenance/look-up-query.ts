import type { Hex } from 'viem';
import { z } from 'zod';
import { type LookUp, tokenNumber } from './look-up-input';

const digest = z
  .string()
  .trim()
  .regex(/^(0x)?[0-9a-fA-F]{64}$/, 'A digest is 64 hexadecimal digits.')
  .transform((text): Hex => `0x${text.replace(/^0x/, '').toLowerCase()}`);
const token = z
  .string()
  .trim()
  .transform((text, context) => {
    const tokenId = tokenNumber(text);
    if (tokenId) return tokenId;
    context.addIssue('A token number is decimal, or 0x and hexadecimal, of at most 256 bits.');
    return z.NEVER;
  });
const collection = z
  .string()
  .trim()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'A collection is an address.')
  .transform((text) => text.toLowerCase() as Hex);

/** GET /api/v1/verify: one question, and for a token perhaps its collection. */
export const lookUpQuery = z.union(
  [
    z
      .strictObject({ token, collection: collection.optional() })
      .transform((asked): LookUp => ({ kind: 'token', tokenId: asked.token, collection: asked.collection })),
    z.strictObject({ cid: z.string().trim().min(1).max(200) }).transform(({ cid }): LookUp => ({ kind: 'cid', cid })),
    z.strictObject({ receipt: digest }).transform((asked): LookUp => ({ kind: 'receiptDigest', digest: asked.receipt })),
    z.strictObject({ content: digest }).transform((asked): LookUp => ({ kind: 'content', digest: asked.content })),
    z.strictObject({ digest }).transform((asked): LookUp => ({ kind: 'digest', digest: asked.digest })),
  ],
  'Ask with one of token (and collection), cid, receipt, content or digest, and nothing else.',
);
