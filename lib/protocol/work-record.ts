import { canonicalize } from 'json-canonicalize';
import type { Hex } from 'viem';
import { z } from 'zod';
import { isSafeText } from './json-text';
import { ProtocolError } from './protocol-error';
import type { Receipt } from './receipt';
import { textProblem } from './work-text';

const hex = (bytes: number) => z.custom<Hex>((value) => typeof value === 'string' && new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`).test(value));
const uint64 = z
  .string()
  .regex(/^(0|[1-9]\d{0,19})$/)
  .refine((text) => BigInt(text) < 2n ** 64n, 'above uint64');
const anyHex = z.custom<Hex>((value) => typeof value === 'string' && /^0x([0-9a-f]{2})*$/.test(value));

const uint32 = z.number().int().min(0).max(0xffff_ffff);

/** All of it, or nothing: a title makes a file the image of one token. In a drop the number does. */
function isTitled({ label, traits, end, batch }: Record<'label' | 'traits' | 'end' | 'batch', unknown>): boolean {
  const parts = [label, traits, end].filter((part) => part !== undefined).length;
  return parts === 0 || (parts === 3 && batch === undefined);
}

/**
 * What a file says of itself, sealed into it. Integers beyond 32 bits are decimal strings; hex is lower case. `label`, `traits` and `evolve`
 * are added together when a voucher is first asked for; from then on the token id follows from the file alone.
 */
const workRecordSchema = z
  .strictObject({
    v: z.literal(1),
    chainId: z.number().int().positive(),
    collection: hex(20),
    /** What the collection's `external_url` starts with. */
    base: z.string().min(1).max(200).refine(isSafeText),
    kind: z.enum(['image', 'text']),
    receipt: z.strictObject({
      version: hex(32),
      seed: uint64,
      paramsHash: hex(32),
      promptHash: hex(32),
      content: hex(32),
      parent: hex(32),
    }),
    signature: anyHex,
    params: z.string(),
    /** The whole text of a work of kind text; its picture is only a card. */
    text: z
      .string()
      .refine((text) => textProblem(text) === null)
      .optional(),
    label: z.string().min(1).optional(),
    traits: anyHex.optional(),
    /** Evolve terms, 29 bytes; none for a frozen token. */
    evolve: z.union([z.literal('0x'), hex(29)]).optional(),
    /** A step of a dynamic work has these in place of terms: its token, and the sha-256 of the metadata before it. */
    token: hex(32).optional(),
    previous: hex(32).optional(),
    /** A work of a drop: `signature` is over the batch, `collection` is the drop, its token's number is the first one's and `index`. */
    batch: z
      .strictObject({ root: hex(32), count: uint32, index: uint32, proof: z.array(hex(32)).max(32) })
      .refine(({ index, count }) => index < count, 'no such work in the batch')
      .optional(),
  })
  .refine(({ label, traits, evolve, token, batch }) => isTitled({ label, traits, end: evolve ?? token, batch }), {
    message: 'label, traits and evolve terms (or, of a step, its token) come together, and not in a drop',
  })
  .refine(({ evolve, token, previous }) => (token === undefined) === (previous === undefined) && !(token && evolve), {
    message: 'a step has a token and what was previous, and no terms',
  })
  .refine(({ kind, text }) => (kind === 'text') === (text !== undefined), { message: 'a work of kind text carries its text' });

export type WorkRecord = z.infer<typeof workRecordSchema>;

/** The record's bytes: RFC 8785 JSON. Throws ZodError on a record that is not one. */
export function recordText(record: WorkRecord): string {
  return canonicalize(workRecordSchema.parse(record));
}

/** Reads a record's text. Throws ProtocolError on anything but the canonical text of a valid record. */
export function parseRecord(text: string): WorkRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError('the record is not JSON');
  }
  const parsed = workRecordSchema.safeParse(value);
  if (!parsed.success) throw new ProtocolError(`the record is not valid: ${z.prettifyError(parsed.error)}`);
  if (canonicalize(parsed.data) !== text) throw new ProtocolError('the record is not in canonical form');
  return parsed.data;
}

/** The receipt with its seed as a bigint, for digests. */
export function receiptOf(record: WorkRecord): Receipt {
  return { ...record.receipt, seed: BigInt(record.receipt.seed) };
}

/** The receipt as a record carries it. */
export function receiptJson(receipt: Receipt): WorkRecord['receipt'] {
  return { ...receipt, seed: receipt.seed.toString() };
}
