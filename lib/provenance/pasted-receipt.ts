import type { Hex } from 'viem';
import { z } from 'zod';

const MOST_SIGNATURE_DIGITS = 4_000;
const MOST_TEXT = 200_000;
const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`))
    .transform((text) => text.toLowerCase() as Hex);
const chainId = z.coerce.number().int().positive();
const signature = z
  .string()
  .max(MOST_SIGNATURE_DIGITS)
  .regex(/^0x([0-9a-fA-F]{2})+$/)
  .transform((text) => text.toLowerCase() as Hex);
const params = z.string().max(MOST_TEXT).optional();

const fields = z.object({
  version: hex(32),
  // As a number in JSON a seed may have lost its last digits: decimal text only.
  seed: z
    .string()
    .regex(/^(0|[1-9]\d{0,19})$/)
    .refine((text) => BigInt(text) < 1n << 64n),
  paramsHash: hex(32),
  promptHash: hex(32),
  content: hex(32),
  parent: hex(32),
});

/** The receipt file of a work's page: EIP-712 typed data, what was signed of it, and what it is about. */
const receiptFile = z
  .object({
    typedData: z.object({ domain: z.object({ chainId, verifyingContract: hex(20) }), message: fields }),
    digest: hex(32).optional(),
    signature,
    params,
    manifest: z.object({ text: z.string().max(MOST_TEXT) }).optional(),
  })
  .transform(({ typedData: { domain, message }, manifest, ...rest }) => ({
    ...rest,
    chainId: domain.chainId,
    collection: domain.verifyingContract,
    receipt: message,
    manifest: manifest?.text,
  }));

/** The record as it is in a work's file. */
const record = z
  .object({ chainId, collection: hex(20), receipt: fields, signature, params })
  .transform((read) => ({ ...read, digest: undefined, manifest: undefined }));

/** Receipts as people have them. Anything beside the fields that are checked is left alone. */
export const pastedReceipt = z.union([receiptFile, record]);
export type PastedReceipt = z.output<typeof pastedReceipt>;
