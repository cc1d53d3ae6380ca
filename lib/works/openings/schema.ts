import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

const DAYS_AT_MOST = 365;

export const revealInput = z.object({ id: uuidInput });
export const linkOpeningInput = z.object({
  id: uuidInput,
  address: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^0x[0-9a-f]{40}$/, 'An address is 0x and 40 hex digits.'),
  /** Without: until it is withdrawn. */
  days: z.number().int().min(1).max(DAYS_AT_MOST).nullable(),
});
export type LinkOpeningInput = z.output<typeof linkOpeningInput>;
export const withdrawLinkInput = z.object({ id: uuidInput });
/** 256 random bits, base64url. */
export const openLinkInput = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

export type OpeningLinkDto = {
  id: string;
  address: string;
  madeAt: string;
  expiresAt: string | null;
  withdrawnAt: string | null;
  openedAt: string | null;
  state: 'waiting' | 'opened' | 'withdrawn' | 'expired';
};

/** The prompt of a work, for whoever may see it. `mine`: whoever started the run asks. */
export type OpeningDto = {
  /** Null where the prompt is not kept any more: only whoever it was of is told. */
  opening: { prompt: string; salt: string } | null;
  promptHash: string;
  mine: boolean;
  revealedAt: string | null;
  /** Only for whoever started the run. */
  links: OpeningLinkDto[];
};
