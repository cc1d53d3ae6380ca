import { z } from 'zod';

/** A token by its number: 0x hex of 32 bytes, or the same as a decimal. */
export const verifyTokenInput = z.object({
  tokenId: z
    .string()
    .trim()
    .regex(/^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/, 'A token number is decimal, or 0x and hexadecimal.')
    .refine((text) => !/^(0x[0-9a-fA-F]+|\d+)$/.test(text) || BigInt(text) < 1n << 256n, 'A token number has at most 256 bits.')
    .transform((text) => `0x${BigInt(text).toString(16).padStart(64, '0')}` as const),
  collection: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .optional(),
});

/** One link of the chain from file to token, checked. */
export type VerifyRow = {
  link: 'record' | 'content' | 'card' | 'params' | 'prompt' | 'receipt' | 'version' | 'image' | 'token' | 'chain' | 'owner';
  result: 'pass' | 'fail' | 'not_checked';
  title: string;
  /** What a pass proves, in plain words. */
  proves: string;
  /** What was found, with the values compared. */
  detail: string;
};

export type VerifyReport = {
  verdict: 'verified' | 'broken' | 'unknown';
  summary: string;
  rows: VerifyRow[];
  /** Of a work of kind text whose text is the one signed: what it says, whatever its card shows. */
  text: string | null;
  work: { id: string; title: string; previewSrc: string | null } | null;
  tokens: { chainId: number; collection: string; tokenId: string; owner: string }[];
};
