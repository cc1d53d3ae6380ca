import { canonicalize } from 'json-canonicalize';
import type { Hex } from 'viem';
import { z } from 'zod';
import { sha256Hex } from './hash';

const digest = z.string().regex(/^0x[0-9a-f]{64}$/);

/** The public, immutable description of a model version (protocol.md, "Manifest"). The parameter schema's own form is lib/models'. */
export const manifestSchema = z.strictObject({
  manifest: z.literal(1),
  creator: z.string().regex(/^0x[0-9a-f]{40}$/),
  name: z.string().min(1).max(80),
  number: z.number().int().min(1),
  kind: z.enum(['image', 'text']),
  weights: digest.nullable(),
  parameters: z.looseObject({ type: z.literal('object') }),
  seedKind: z.enum(['exact', 'none']),
  reproducibility: z.enum(['A', 'B', 'C', 'D']),
  signerCustody: z.enum(['creator', 'platform']),
  licence: z.string().min(1),
  upstreamLicences: z.array(z.string()),
  trainingData: z.string().nullable(),
  derivativeShareBps: z.number().int().min(0).max(2000),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** RFC 8785 JSON of a manifest: the bytes that the version digest and the raw CID are over. */
export function manifestText(manifest: Manifest): string {
  return canonicalize(manifestSchema.parse(manifest));
}

/** `version` of a receipt: sha-256 of the manifest's text. */
export function versionDigest(text: string): Hex {
  return sha256Hex(text);
}
