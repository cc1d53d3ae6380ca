import { env } from '@/lib/env';
import { type PriceTerms, priceOrder } from '@/lib/models/price-order';
import type { ParameterValues } from '@/lib/models/schema';
import { shareOf } from '@/lib/money';

/** Amounts as decimal text: this travels in the quote. */
export type PricedRun = {
  priceMillicredits: string;
  feeMillicredits: string;
  parentMillicredits: string;
  isTrial: boolean;
  isIncluded: boolean;
};
export type PricedRuns = { runs: PricedRun[]; included: number; totalMillicredits: bigint; lines: { label: string; millicredits: bigint }[] };

type Order = {
  count: number;
  /** Free for this person: trials of the model, or all of a draft's. They come first. */
  freeRuns: number;
  isDraft: boolean;
  /** What a pass has left. Its runs come last, so that an order's base is paid with the first run that is paid. */
  includedRuns: number;
  /** Of the work it starts from; null: no parent. */
  parentShareBps: number | null;
};

/**
 * What each run of an order costs, and who gets what. A run that a pass includes costs the share that its parent's creator would get of its
 * price, and nothing else.
 */
export function priceRuns(terms: PriceTerms, params: ParameterValues, { count, freeRuns, isDraft, includedRuns, parentShareBps }: Order): PricedRuns {
  const list = priceOrder(terms, params, { count, freeRuns });
  const paid = list.runs.flatMap((full, i) => (full > 0n ? [i] : []));
  const included = new Set(paid.slice(paid.length - Math.min(includedRuns, paid.length)));
  const shares = list.runs.map((full) => (parentShareBps === null ? 0n : shareOf(full, parentShareBps)));
  const runs = list.runs.map((full, i) => {
    const [share = 0n, isIncluded] = [shares[i], included.has(i)];
    return {
      priceMillicredits: (isIncluded ? share : full).toString(),
      feeMillicredits: (isIncluded ? 0n : shareOf(full, env.PLATFORM_FEE_BPS)).toString(),
      parentMillicredits: share.toString(),
      isTrial: full === 0n && !isDraft && i < freeRuns,
      isIncluded,
    };
  });
  const sum = (amounts: bigint[]) => amounts.reduce((total, amount, i) => (included.has(i) ? total + amount : total), 0n);
  const lines = [
    ...list.lines,
    { label: included.size === 1 ? 'One run of your pass' : `${included.size} runs of your pass`, millicredits: -sum(list.runs) },
    { label: 'Share of who made what it starts from', millicredits: sum(shares) },
  ];
  return {
    runs,
    included: included.size,
    totalMillicredits: list.totalMillicredits - sum(list.runs) + sum(shares),
    lines: lines.filter(({ millicredits }) => millicredits !== 0n),
  };
}
