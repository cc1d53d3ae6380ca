import type { z } from 'zod';
import { type Terms, termsInput, tierInput } from '@/lib/passes/tier-schema';
import { ETHER_PLACES, toUnits } from '../amounts';
import type { Problems } from '../form/problems';

const DAY_S = 86_400;

/** What a tier includes with us, as it is typed. */
export type TermsDraft = { runs: string; periodDays: string; rate: string; earlyAccess: boolean; models: string[] };
/** A tier as it is typed. Days empty: it never expires, or cannot be given back. */
export type TierDraft = {
  label: string;
  price: string;
  days: string;
  refundDays: string;
  cap: string;
  transferable: boolean;
  /** What is shown, and its CID once the server has kept it. */
  picture: { src: string; cid: string };
  terms: TermsDraft;
};

export const emptyTier: TierDraft = {
  ...{ label: '', price: '', days: '30', refundDays: '3', cap: '100', transferable: true, picture: { src: '', cid: '' } },
  terms: { runs: '10', periodDays: '30', rate: '', earlyAccess: false, models: [] },
};

export const termsDraftOf = ({ includedRuns, periodSeconds, ratePerMinute, earlyAccess, models }: Terms): TermsDraft => ({
  runs: String(includedRuns),
  periodDays: String(Math.round((periodSeconds / DAY_S) * 100) / 100),
  rate: ratePerMinute === null ? '' : String(ratePerMinute),
  earlyAccess,
  models,
});

/** Empty counts as nothing, and what is no number as one that is refused. */
const whole = (text: string, empty = 0) => (text.trim() === '' ? empty : /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN);
const days = (text: string) => (/^\d{0,5}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text) * DAY_S) : Number.NaN);

const WRONG: Record<string, string> = {
  label: 'is needed: 1 to 128 bytes, no quotes or backslashes',
  priceWei: 'is an amount of ETH, such as 0.01; 0 for a free pass',
  durationSeconds: 'is a number of days',
  refundWindowSeconds: 'is at most 14 days, and no longer than the pass lasts',
  cap: 'is a whole number from 1 to 16,777,215',
  imageCid: 'is needed: choose a picture',
  includedRuns: 'is a whole number up to a million',
  periodSeconds: 'is an hour (0.04) to 366 days',
  ratePerMinute: 'is a whole number from 1 to 100,000',
};
const problemsOf = (error: z.ZodError | undefined): Problems =>
  Object.fromEntries(
    (error?.issues ?? []).map(({ path }) => [
      String(path.at(-1) ?? 'refundWindowSeconds'),
      WRONG[String(path.at(-1) ?? 'refundWindowSeconds')] ?? 'cannot be read',
    ]),
  );

const termsOf = ({ runs, periodDays, rate, earlyAccess, models }: TermsDraft) => ({
  includedRuns: whole(runs),
  periodSeconds: days(periodDays),
  ratePerMinute: rate.trim() === '' ? null : whole(rate),
  earlyAccess,
  models,
});

/** The terms as the server takes them, or what is wrong with them. */
export function readTerms(draft: TermsDraft): { terms: Terms | null; problems: Problems } {
  const read = termsInput.safeParse(termsOf(draft));
  return { terms: read.data ?? null, problems: problemsOf(read.error) };
}

/** The tier as the server takes it, or what is wrong with it. */
export function readTier({ label, price, days: lasts, refundDays, cap, transferable, picture, terms }: TierDraft) {
  const read = tierInput.safeParse({
    ...{ label, transferable, open: true, terms: termsOf(terms) },
    // A free pass is one whose price was said to be 0.
    priceWei: (price.trim() && toUnits(price, ETHER_PLACES)) || '',
    durationSeconds: days(lasts),
    refundWindowSeconds: days(refundDays),
    cap: whole(cap),
    imageCid: picture.cid,
  });
  const problems = problemsOf(read.error);
  if (picture.cid === '') problems.imageCid = WRONG.imageCid ?? '';
  return { tier: picture.cid === '' ? null : (read.data ?? null), problems };
}
