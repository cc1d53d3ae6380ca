import { z } from 'zod';
import { passIdInput } from '@/lib/passes/schema';
import { isStorable, NOT_STORABLE } from '@/lib/storable-text';
import { uuidInput } from '@/lib/uuid-input';
import { MAX_PROMPT_CHARACTERS, MAX_VARIATIONS, seedProblem } from './limits';

/** uint64 as decimal text. */
export const seedText = z.string().superRefine((text, check) => {
  const message = seedProblem(text);
  if (message) check.addIssue({ code: 'custom', message });
});

export const quoteInput = z.object({
  version: z.string().regex(/^0x[0-9a-f]{64}$/),
  prompt: z.string().trim().max(MAX_PROMPT_CHARACTERS, `A prompt has at most ${MAX_PROMPT_CHARACTERS} characters.`).refine(isStorable, NOT_STORABLE),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** null = a fresh random seed for each variation; a fixed seed counts up over the variations. */
  seed: seedText.nullable(),
  count: z.number().int().min(1).max(MAX_VARIATIONS),
  /** The work to start from. */
  parentWorkId: uuidInput.nullish(),
  /** The pass to come in with, and whose runs to use first. Left out: where the model asks for a pass, the best one the person holds. */
  passId: passIdInput.nullish(),
});
export type QuoteInput = z.input<typeof quoteInput>;

export type QuoteDto = {
  /** Signed by the server; start takes nothing else. */
  token: string;
  quoteId: string;
  count: number;
  totalMillicredits: string;
  breakdown: { label: string; millicredits: string }[];
  /** The pass that pays `runs` of them, of `left`; null: none does. */
  pass: { id: string; tierLabel: string; runs: number; left: number; periodEndsAt: string } | null;
  mintPriceWei: string;
  expiresAt: string;
};

export const startInput = z.object({ token: z.string().max(8192) });
export const generationIdInput = z.object({ id: uuidInput });

export type GenerationState = 'held' | 'running' | 'captured' | 'failed' | 'cancelled' | 'expired';

/** What a collector sees of one run. `sealed` comes after captured and is when the file can be downloaded and minted. */
export type GenerationDto = {
  id: string;
  quoteId: string;
  ordinal: number;
  modelSlug: string;
  state: GenerationState;
  sealed: boolean;
  cancelRequested: boolean;
  /** Runs ahead of this one in the queue, while held. */
  queuePlace: number | null;
  /** Held because every endpoint of its version has failed, and is left alone for a while. */
  waitsForEndpoint: boolean;
  progressPercent: number;
  seed: string;
  priceMillicredits: string;
  /** The pass whose included run this is; the price is then what the creator of its parent gets. */
  paidByPass: string | null;
  error: { code: string; message: string } | null;
  previewSrc: string | null;
  /** What a text model made, once it is sealed. */
  text: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  deadlineAt: string;
};

/** Settings of an earlier run, to fill the playground again. The prompt is the owner's alone. */
export type ReusableSettingsDto = {
  version: string;
  modelSlug: string;
  prompt: string;
  seed: string;
  params: Record<string, string | number | boolean>;
};
