import type { Hex } from 'viem';
import { z } from 'zod';
import { type ReceiptFile, receiptFileSchema, typesSchema } from '@/lib/protocol/receipt-file';

const MOST_SIGNATURE_DIGITS = 4_000;
const MOST_TEXT = 200_000;
const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`))
    .transform((text) => text.toLowerCase() as Hex);
const chainId = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^[1-9]\d{0,15}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().positive());
const signature = z
  .string()
  .max(MOST_SIGNATURE_DIGITS)
  .regex(/^0x([0-9a-fA-F]{2})+$/)
  .transform((text) => text.toLowerCase() as Hex);
const params = z.string().max(MOST_TEXT).optional();

const fields = z.strictObject({
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

/** What only a file of another form has: a form is taken whole, so that nothing passes beside what is checked. */
const absent = z.never().optional();

/** The receipt file of a work's page. What it says around the signed fields is checked, too (`aroundRow`). */
const receiptFile = receiptFileSchema.transform((file) => ({
  chainId: file.typedData.domain.chainId,
  collection: file.typedData.domain.verifyingContract as Hex,
  receipt: file.typedData.message as z.output<typeof fields>,
  signature: file.signature as Hex,
  digest: file.digest as Hex | undefined,
  params: file.params as string | undefined,
  manifest: file.manifest.text as string | undefined,
  around: file as Around,
}));

/** EIP-712 typed data as wallets and libraries have it, with its signature: of our domain and our type, or of none that we read. */
const typedData = z
  .object({
    type: absent,
    typedData: z.strictObject({
      domain: z.strictObject({ name: z.literal('Intaglio'), version: z.literal('1'), chainId, verifyingContract: hex(20) }),
      primaryType: z.literal('Receipt'),
      // Some libraries leave the domain's own type out.
      types: typesSchema.partial({ EIP712Domain: true }).optional(),
      message: fields,
    }),
    signature,
    params,
  })
  .transform(({ typedData: { domain, message }, signature, params }) => ({
    ...{ chainId: domain.chainId, collection: domain.verifyingContract, receipt: message, signature, params },
    ...{ digest: undefined, manifest: undefined, around: null },
  }));

/** The record as it is in a work's file. */
const record = z
  .object({
    type: absent,
    typedData: absent,
    chainId,
    collection: hex(20),
    kind: z.enum(['image', 'text']).optional(),
    receipt: fields,
    signature,
    params,
  })
  .transform(({ kind, ...read }) => ({ ...read, digest: undefined, manifest: undefined, around: kind ? ({ kind } as Around) : null }));

/** What a form says beside the receipt, and what a reader would take for checked. */
export type Around = Pick<ReceiptFile, 'kind'> & Partial<Pick<ReceiptFile, 'reproducibility' | 'signer' | 'manifest' | 'token'>>;

/** Receipts as people have them. */
export const pastedReceipt = z.union([receiptFile, typedData, record]);
export type PastedReceipt = z.output<typeof pastedReceipt>;
