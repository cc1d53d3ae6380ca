import type { Dial } from '../traces/dials';
import { judgeProbe } from './judge-probe';
import { measure } from './measure-sweep';
import { queriesOf, settingsOf, type Trace } from './trace';

export type SweepEvidence = {
  shape: 'grid' | 'spread' | 'template' | 'probe';
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
const GRID = { regular: 0.6, distinct: 0.9, filled: 0.4, dialsTurned: 2 };
const SPREAD = { manyTurned: 0.7, memoryless: 0.85, covered: 0.8, distinct: 0.95 };
const TEMPLATE = { near: 0.75, distinct: 0.95 };

/** Whether one person's runs, oldest first, go through a model's space by a plan. Null where they do not, or where there are too few to say. */
export function judgeSweep(traces: Trace[], dials: Dial[]): SweepEvidence | null {
  const all = queriesOf(traces).filter((trace) => trace.dials.length === dials.length);
  // Asking for the same again is no step.
  const moved = all.filter((trace, i) => i === 0 || settingsOf(trace) !== settingsOf(all[i - 1] as Trace));
  const measured = measure(moved, dials);
  const probe = judgeProbe(traces);
  Object.assign(measured.shares, probe);
  const shape = shapeOf(moved.length, measured.shares, dials) ?? (probe ? 'probe' : null);
  const [first, last] = [moved[0], moved.at(-1)];
  if (!shape || !first || !last) return null;
  return { shape, queries: moved.length, fromMs: first.atMs, toMs: last.atMs, ...measured };
}

function shapeOf(queries: number, shares: Record<string, number>, dials: Dial[]): SweepEvidence['shape'] | null {
  const { regular = 0, distinct = 0, manyTurned = 0, memoryless = 0, covered = 0, nearWords = 0, distinctWords = 0 } = shares;
  const { filled = 0, places = 0, dialsTurned = 0 } = shares;
  // One dial alone, from end to end, is a film or a scale, and no plan of the model.
  if (dialsTurned >= GRID.dialsTurned) {
    if (queries >= LEAST.grid && regular >= GRID.regular && distinct >= GRID.distinct) return 'grid';
    if (places >= LEAST.grid && filled >= GRID.filled) return 'grid';
  }
  const isSpread = manyTurned >= SPREAD.manyTurned && memoryless >= SPREAD.memoryless && covered >= SPREAD.covered && distinct >= SPREAD.distinct;
  if (queries >= LEAST.spread && dials.filter(({ values }) => values > 2).length >= 2 && isSpread) return 'spread';
  const isTemplate = nearWords >= TEMPLATE.near && distinctWords >= TEMPLATE.distinct;
  return queries >= LEAST.template && isTemplate ? 'template' : null;
}
