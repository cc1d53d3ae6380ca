import type { ParameterValues, PriceDto } from './schema';

/** Millicredits, but for `trialRuns` (free runs of the model for each person) and `discounts` (basis points off, from so many pictures on). */
export type PriceTerms = {
  /** Once an order, however many variations. */
  baseMillicredits: bigint;
  perImageMillicredits: bigint;
  perMegapixelMillicredits: bigint;
  perStepMillicredits: bigint;
  trialRuns: number;
  discounts: { from: number; bps: number }[];
};

/** The terms as the browser has them. */
export function termsOf({
  baseMillicredits,
  perImageMillicredits,
  perMegapixelMillicredits,
  perStepMillicredits,
  trialRuns,
  discounts,
}: PriceDto): PriceTerms {
  return {
    baseMillicredits: BigInt(baseMillicredits),
    perImageMillicredits: BigInt(perImageMillicredits),
    perMegapixelMillicredits: BigInt(perMegapixelMillicredits),
    perStepMillicredits: BigInt(perStepMillicredits),
    trialRuns,
    discounts,
  };
}

export type OrderPrice = {
  /** What each run holds, in order. A free one holds nothing. */
  runs: bigint[];
  totalMillicredits: bigint;
  /** How the total comes about; what is taken off is below zero. */
  lines: { label: string; millicredits: bigint }[];
};

type Order = { count: number; freeRuns: number };

/** The part of one picture that grows with its size: width × height, rounded up to a millicredit. */
function areaOf({ perMegapixelMillicredits }: PriceTerms, { width, height }: ParameterValues): bigint {
  if (typeof width !== 'number' || typeof height !== 'number') return 0n;
  return (perMegapixelMillicredits * BigInt(width) * BigInt(height) + 999_999n) / 1_000_000n;
}

const stepsOf = ({ perStepMillicredits }: PriceTerms, { steps }: ParameterValues) =>
  typeof steps === 'number' ? perStepMillicredits * BigInt(steps) : 0n;

/** Exact price of an order of `count` runs with the same settings, of which the first `freeRuns` cost nothing. Discounts round down. */
export function priceOrder(terms: PriceTerms, params: ParameterValues, { count, freeRuns }: Order): OrderPrice {
  const [area, steps] = [areaOf(terms, params), stepsOf(terms, params)];
  const full = terms.perImageMillicredits + area + steps;
  const bps = terms.discounts.reduce((best, { from, bps }) => (count >= from && bps > best ? bps : best), 0);
  const off = (full * BigInt(bps)) / 10_000n;
  const free = Math.min(freeRuns, count);
  const runs = Array.from({ length: count }, (_, i) => {
    if (i < free) return 0n;
    return full - off + (i === free ? terms.baseMillicredits : 0n);
  });
  const [paid, all] = [BigInt(count - free), BigInt(count)];
  const lines = [
    { label: 'Start of an order', millicredits: paid > 0n ? terms.baseMillicredits : 0n },
    { label: count === 1 ? 'One run' : `${count} runs`, millicredits: terms.perImageMillicredits * all },
    { label: `${params.width} × ${params.height} px`, millicredits: area * all },
    { label: `${params.steps} steps`, millicredits: steps * all },
    { label: `${bps / 100} % off for ${count}`, millicredits: -off * paid },
    { label: free === 1 ? 'One free run' : `${free} free runs`, millicredits: -full * BigInt(free) },
  ];
  return { runs, totalMillicredits: runs.reduce((sum, run) => sum + run, 0n), lines: lines.filter(({ millicredits }) => millicredits !== 0n) };
}
