import type { Hex } from 'viem';
import { z } from 'zod';
import type { Check, Trust } from '@/lib/verifier/schema';

const digest = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value));

/** What a file is to the house: no byte of it, and enough to look it up. */
export const digestsInput = z.object({
  digests: z.object({
    content: digest.nullable(),
    receiptDigest: digest.nullable(),
    collection: z
      .string()
      .regex(/^0x[0-9a-f]{40}$/)
      .nullable(),
    version: digest.nullable(),
  }),
});
export type Digests = z.infer<typeof digestsInput>['digests'];

/** Where a file is: its CID for any gateway, and its path here. */
export type Address = { cid: string; src: string };

/** What only the house knows. */
export type Known = {
  /** The public work of the file’s receipt, else the oldest one with this content. */
  work: {
    id: string;
    title: string;
    /** Whether it is the work of that receipt. Otherwise it only has the same content, and can be somebody else's. */
    sameReceipt: boolean;
    /** A small picture, for pages. */
    previewSrc: string | null;
    preview: Address | null;
    /** The token's file. */
    image: Address | null;
  } | null;
  /** Every token that shows this content. */
  tokens: { chainId: number; collection: string; tokenId: string; owner: string }[];
};

/** What the house adds to a check: what it knows, and what helps a verifier that has not got it. Each of these is checked or is said to be ours. */
export type HouseAnswer = {
  known: Known;
  /** The token of the receipt, as the indexer saw it, and the CID of its file. */
  token: { tokenId: Hex; image: string | null } | null;
  manifest: string | null;
  trust: Trust;
  anchors: { trustAnchorsPem: string; revokedSerials: string[] };
};

export type VerifyReport = Pick<Check, 'verdict' | 'summary' | 'rows'> & {
  /** Of a work of kind text whose text is the one signed: what it says, whatever its card shows. */
  text: string | null;
} & Known;
