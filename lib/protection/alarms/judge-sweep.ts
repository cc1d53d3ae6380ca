import type { Dial } from '../traces/dials';
import { dialDistance, histogram, pairsOf, promptDistance, queriesOf, settingsOf, share, type Trace, turnedDials } from './trace';

export type SweepEvidence = {
  shape: 'grid' | 'spread' | 'template';
  queries: number;
  /** Different settings among them. */
  distinct: number;
  fromMs: number;
  toMs: number;
  /** How far the dials moved from one query to the next, and between queries that have nothing to do with each other: counts in ten parts of 0…1. */
  steps: { next: number[]; apart: number[] };
  /** The same of the prompts. */
  words: { next: number[] };
  /** Of each dial: how much of its way was visited. */
  covered: { title: string; share: number }[];
  /** What decided, by name. */
  shares: Record<string, number>;
};

const LEAST = { grid: 40, spread: 60, template: 80 };
/** Above these: see README, "What is called a sweep". */
const GRID = { regular: 0.6, distinct: 0.9 };
const SPREAD = { manyTurned: 0.7, memoryless: 0.85, covered: 0.8, distinct: 0.95 };
const TEMPLATE = { near: 0.85, apart: 0.75, distinct: 0.9 };
const COVER_PARTS = 8;
/** Of the dials: so many turned at once are many. */
const MANY = 0.6;

/** Whether one person's runs, oldest first, go through a model's space by a plan. Null where they do not, or where there are too few to say. */
export function judgeSweep(traces: Trace[], dials: Dial[]): SweepEvidence | null {
  const all = queriesOf(traces).filter((trace) => trace.dials.length === dials.length);
  // Asking for the same again is no step.
  const moved = all.filter((trace, i) => i === 0 || settingsOf(trace) !== settingsOf(all[i - 1] as Trace));
  const measured = measure(moved, dials);
  const shape = shapeOf(moved.length, measured.shares, dials);
  const [first, last] = [moved[0], moved.at(-1)];
  if (!shape || !first || !last) return null;
  return { shape, queries: moved.length, fromMs: first.atMs, toMs: last.atMs, ...measured };
}

function shapeOf(queries: number, shares: Record<string, number>, dials: Dial[]): SweepEvidence['shape'] | null {
  const { regular = 0, distinct = 0, manyTurned = 0, memoryless = 0, covered = 0, nearWords = 0, distinctWords = 0 } = shares;
  if (queries >= LEAST.grid && regular >= GRID.regular && distinct >= GRID.distinct) return 'grid';
  const isSpread = manyTurned >= SPREAD.manyTurned && memoryless >= SPREAD.memoryless && covered >= SPREAD.covered && distinct >= SPREAD.distinct;
  if (queries >= LEAST.spread && dials.filter(({ values }) => values > 2).length >= 2 && isSpread) return 'spread';
  const isTemplate = nearWords >= TEMPLATE.near && distinctWords >= TEMPLATE.distinct;
  return queries >= LEAST.template && isTemplate ? 'template' : null;
}

function measure(moved: Trace[], dials: Dial[]) {
  const pairs = pairsOf(moved);
  const far = moved.map((trace, i): [Trace, Trace] => [trace, moved[(i + Math.ceil(moved.length * 0.382)) % moved.length] as Trace]);
  const next = pairs.map(([a, b]) => dialDistance(a, b));
  const apart = far.map(([a, b]) => dialDistance(a, b));
  const words = pairs.map(([a, b]) => promptDistance(a, b));
  const mean = (values: number[]) =>
    share(
      values.reduce((a, b) => a + b, 0),
      values.length,
    );
  const distinct = new Set(moved.map(settingsOf)).size;
  const covered = coverOf(moved, dials);
  return {
    distinct,
    steps: { next: histogram(next), apart: histogram(apart) },
    words: { next: histogram(words) },
    covered,
    shares: {
      regular: share(countRegular(pairs), pairs.length),
      distinct: share(distinct, moved.length),
      manyTurned: share(pairs.filter(([a, b]) => dials.length > 0 && turnedDials(a, b).length >= dials.length * MANY).length, pairs.length),
      memoryless: share(mean(next), mean(apart)),
      covered: mean(covered.map((dial) => dial.share)),
      nearWords: share(words.filter((d) => d > 0 && d <= TEMPLATE.apart).length, pairs.length),
      distinctWords: share(new Set(moved.map(({ promptDigest }) => promptDigest)).size, moved.length),
    },
  };
}

/** Steps of a lattice: one dial turned under the same words, by the step that this dial is mostly turned by. */
function countRegular(pairs: [Trace, Trace][]): number {
  const steps = pairs.flatMap(([a, b]) => {
    const turned = turnedDials(a, b);
    const [dial] = turned;
    if (turned.length !== 1 || dial === undefined || promptDistance(a, b) > 0) return [];
    return [`${dial} ${Math.abs((a.dials[dial] ?? 0) - (b.dials[dial] ?? 0)).toFixed(6)}`];
  });
  const most = new Map<string, number>();
  for (const dial of new Set(steps.map((step) => step.split(' ')[0] ?? '')))
    most.set(dial, mostOf(steps.filter((step) => step.startsWith(`${dial} `))));
  return [...most.values()].reduce((a, b) => a + b, 0);
}

/** How often the commonest is there. */
function mostOf(values: (string | number)[]): number {
  const counts = new Map<string | number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

function coverOf(moved: Trace[], dials: Dial[]): { title: string; share: number }[] {
  return dials.map(({ title, values }, i) => {
    const parts = Math.min(COVER_PARTS, values);
    const visited = new Set(moved.map((trace) => Math.min(parts - 1, Math.floor((trace.dials[i] ?? 0) * parts))));
    return { title, share: share(visited.size, parts) };
  });
}
