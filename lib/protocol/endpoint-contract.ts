import type { Hex } from 'viem';
import { z } from 'zod';
import { MAX_TEXT_CHARACTERS } from './work-text';

/**
 * Our own contract with models that their creators serve themselves: what is in its requests and answers. `public/endpoint-contract.openapi.json`
 * is made from these schemas (scripts/write-openapi.ts). Integers beyond 32 bits are decimal strings, hex is lower case.
 */
export const CONTRACT = 1;

const hex = (bytes: number) => z.string().regex(new RegExp(`^0x[0-9a-f]{${bytes * 2}}$`)) as unknown as z.ZodType<Hex>;
const digest = hex(32);
const signature = hex(65);
const uint64 = z
  .string()
  .regex(/^(0|[1-9]\d{0,19})$/)
  .refine((text) => BigInt(text) < 2n ** 64n, 'above uint64');
const runId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const base64 = z.string().meta({ contentEncoding: 'base64' });

export const receiptSchema = z.object({
  version: digest,
  seed: uint64,
  paramsHash: digest,
  promptHash: digest,
  content: digest,
  parent: digest,
});

export const runRequestSchema = z.strictObject({
  contract: z.literal(CONTRACT),
  run: runId.meta({ description: 'The idempotency key: the same run is made once, whatever is sent again.' }),
  kind: z.enum(['image', 'text']),
  chainId: z.number().int().positive(),
  collection: hex(20),
  version: digest,
  seed: uint64,
  seedKind: z.enum(['exact', 'none']),
  params: z.string().max(100_000).meta({ description: 'RFC 8785 JSON of all parameters, integers as strings: paramsHash is its sha-256.' }),
  prompt: z.string().max(100_000),
  salt: hex(16).meta({ description: 'promptHash is sha-256(salt ‖ UTF-8 of the prompt).' }),
  parent: digest.meta({ description: 'Digest of the parent work’s receipt, or 0.' }),
  inputs: z
    .array(
      z.union([
        z.strictObject({ content: digest, png: base64 }),
        z.strictObject({
          content: digest,
          text: z.string().max(MAX_TEXT_CHARACTERS).meta({ description: 'content is the sha-256 of its UTF-8 bytes.' }),
        }),
      ]),
    )
    .max(8)
    .meta({ description: 'The works it starts from: pictures as PNG, texts as they are.' }),
  deadline: z.number().int().positive().meta({ description: 'Unix seconds. Not part of what makes a run the same.' }),
});

export const runResultSchema = z.object({
  run: runId,
  output: z.discriminatedUnion('type', [
    z.object({ type: z.literal('image/png'), data: base64 }),
    z.object({ type: z.literal('text/plain'), text: z.string().max(MAX_TEXT_CHARACTERS) }),
  ]),
  seed: uint64.nullable(),
  version: digest,
  weights: digest.nullable(),
  receipt: receiptSchema.meta({ description: 'As the signer computed it, from what it was sent and what it made.' }),
  signature: signature.nullable().meta({ description: 'EIP-712 over the receipt by the version’s key; null where the platform keeps that key.' }),
});

export const runWaitingSchema = z.object({
  run: runId,
  pollAfterMs: z.number().int().min(0).max(600_000),
  progress: z.number().min(0).max(1).optional(),
});

export const healthSchema = z.object({
  contract: z.literal(CONTRACT),
  versions: z.array(digest).max(1000),
  signer: hex(20).nullable(),
  busy: z.number().int().min(0).meta({ description: 'Runs under way.' }),
});

export const batchRequestSchema = z.strictObject({
  contract: z.literal(CONTRACT),
  chainId: z.number().int().positive(),
  collection: hex(20).meta({ description: 'The drop: the works’ receipts were signed in its domain.' }),
  version: digest,
  root: digest,
  count: z
    .number()
    .int()
    .min(1)
    .max(2 ** 32 - 1),
  leaves: z
    .array(z.strictObject({ receipt: receiptSchema.strict(), signature }))
    .min(1)
    .max(20_000)
    .meta({ description: 'In order of position, each as its run’s result had it.' }),
});

export const batchResultSchema = z.object({ version: digest, root: digest, count: z.number().int(), signature });

export type EndpointRunRequest = z.output<typeof runRequestSchema>;
export type EndpointRunResult = z.output<typeof runResultSchema>;
export type EndpointBatchRequest = z.output<typeof batchRequestSchema>;
