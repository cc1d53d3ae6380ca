import { SKETCH_PLACES } from '../traces/words';

/** A finished run as alarms see it. */
export type Trace = {
  id: string;
  userId: string;
  quoteId: string;
  atMs: number;
  seed: string;
  promptDigest: string;
  words: number;
  sketch: number[];
  /** Each from 0 to 1. */
  dials: number[];
  choices: string;
};

/** The first run of each order: what somebody asked for once, with however many variations. In their order. */
export function queriesOf(traces: Trace[]): Trace[] {
  const seen = new Set<string>();
  return traces.filter(({ quoteId }) => !seen.has(quoteId) && seen.add(quoteId));
}

/** 0: the same words. 1: none in common. */
export function promptDistance(a: Trace, b: Trace): number {
  if (a.promptDigest === b.promptDigest) return 0;
  if (a.sketch.length === 0 || b.sketch.length === 0) return 1;
  const same = a.sketch.filter((value, i) => value === b.sketch[i]).length;
  return Math.max(1, SKETCH_PLACES - same) / SKETCH_PLACES;
}

const CLOSE = 1e-9;
export const isSamePlace = (a: number | undefined, b: number | undefined) => Math.abs((a ?? 0) - (b ?? 0)) < CLOSE;
/** Which dials were turned from one to the other. */
export const turnedDials = (a: Trace, b: Trace): number[] => a.dials.flatMap((place, i) => (isSamePlace(place, b.dials[i]) ? [] : [i]));
/** How far the dials are apart, on average. */
export const dialDistance = (a: Trace, b: Trace): number =>
  a.dials.length === 0 ? 0 : a.dials.reduce((sum, place, i) => sum + Math.abs(place - (b.dials[i] ?? 0)), 0) / a.dials.length;

export const settingsOf = ({ promptDigest, dials, choices }: Trace): string =>
  `${promptDigest} ${dials.map((d) => d.toFixed(6)).join(' ')} ${choices}`;

export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
/** Each thing with the next. */
export const pairsOf = <T>(all: T[]): [T, T][] => all.slice(1).map((next, i) => [all[i] as T, next]);
/** Counts in ten equal parts of 0…1. */
export function histogram(values: number[]): number[] {
  const bins = new Array<number>(10).fill(0);
  for (const value of values) bins[Math.min(9, Math.floor(value * 10))] = (bins[Math.min(9, Math.floor(value * 10))] ?? 0) + 1;
  return bins;
}

/** In groups with the same key, each in their order. */
export function groupsBy(traces: Trace[], keyOf: (trace: Trace) => string): Trace[][] {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) {
    const group = groups.get(keyOf(trace));
    if (group) group.push(trace);
    else groups.set(keyOf(trace), [trace]);
  }
  return [...groups.values()];
}
/** Where all settings but the prompt stand. */
export const placeOf = ({ dials, choices }: Trace): string => `${dials.map((dial) => dial.toFixed(6)).join(' ')} ${choices}`;
