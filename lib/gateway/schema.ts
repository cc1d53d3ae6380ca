import { z } from 'zod';
import { quoteInput } from '@/lib/generations/schema';
import { passIdInput } from '@/lib/passes/schema';
import { isStorable, NOT_STORABLE } from '@/lib/storable-text';
import { uuidInput } from '@/lib/uuid-input';

/** `read`: what its owner has made and runs. `run`: prices, starting and cancelling runs, which spends. */
export const SCOPES = ['read', 'run'] as const;
export type Scope = (typeof SCOPES)[number];

const capInput = z
  .string()
  .regex(/^\d{1,15}$/, 'A cap is a whole number of millicredits.')
  .nullable();

export const createKeyInput = z.object({
  name: z.string().trim().min(1, 'Give the key a name.').max(80).refine(isStorable, NOT_STORABLE),
  scopes: z.array(z.enum(SCOPES)).min(1, 'A key is for something.'),
  /** Slugs; none: all models. */
  models: z.array(z.string().max(80).refine(isStorable, NOT_STORABLE)).max(50),
  passId: passIdInput.nullable(),
  capTotal: capInput,
  capDay: capInput,
  capMonth: capInput,
  expiresAt: z.iso.datetime().nullable(),
});
export type CreateKeyInput = z.input<typeof createKeyInput>;
export const keyIdInput = z.object({ id: uuidInput });

/** Amounts are millicredits as decimal strings. */
export type ApiKeyDto = {
  id: string;
  name: string;
  /** How the secret begins. The rest is nowhere. */
  start: string;
  state: 'works' | 'expired' | 'revoked';
  scopes: Scope[];
  models: { slug: string; name: string }[];
  passId: string | null;
  caps: { total: string | null; month: string | null; day: string | null };
  spent: { total: string; month: string; day: string };
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  createdAt: string;
};

/** What is asked of a model: by slug (its newest version) or by a version’s digest. A seed is a uint64; as a number while that is exact. */
export const runInput = quoteInput.omit({ version: true }).extend({
  model: z.string().min(1).max(80).meta({ description: 'Slug (its newest version), or the digest of a version.' }),
  params: quoteInput.shape.params.default({}).meta({ description: 'Settings: GET /models/{slug}/schema says which. Left out: as they start.' }),
  seed: z
    .union([z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String), quoteInput.shape.seed])
    .default(null)
    .meta({ description: 'uint64, as decimal text where it is large. It counts up over several runs. null: a new one for each.' }),
  count: quoteInput.shape.count.default(1).meta({ description: 'How many runs.' }),
  parentWorkId: quoteInput.shape.parentWorkId.meta({ description: 'The work to start from.' }),
  passId: quoteInput.shape.passId.meta({ description: 'The pass to come in with, whose runs are used first: chainId:collection:tokenId.' }),
});
/** The model is in the path (x402/models/{slug}/runs). */
export const paidRunInput = runInput.omit({ model: true });
export type RunInput = z.output<typeof runInput>;

/** A quote that was given before. */
export const quotedInput = z.object({ quote: z.string().max(8192) });

/** What starts runs: a quote, or what is asked, priced and started in one call. Not a union, whose refusals would not say which setting is wrong. */
export const startRunsInput = z.looseObject({}).transform((given) => ('quote' in given ? quotedInput.parse(given) : runInput.parse(given)));
export type StartRunsInput = z.output<typeof startRunsInput>;
