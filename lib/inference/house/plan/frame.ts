import type { Kernel } from '../kernel/kernel';
import {
  EQ_BAND,
  EQ_STEPS,
  EQ_TONE,
  F_BLOOM,
  F_BLOOM_R,
  F_DOUBLE_R,
  F_FOLD_NX,
  F_HEAD,
  F_M00,
  F_SOFT,
  HEADS,
  I_FOLD,
  P_BAND,
  P_DETAIL,
  P_DRIFT,
  P_HEIGHT,
  P_MASK,
  P_TONE,
} from '../kernel/layout';
import { clamp, cosTurns, sinTurns } from '../maths';
import type { Random } from '../prng';
import { quantile, type Sample, sampleGrid, slope, sorted } from './grid';
import { type Image, setF, setI } from './image';

/** Where the camera looks in the network's plane. */
export interface View {
  zoom: number;
  /** Extra zoom across: widens what a narrow wedge of a fold gets to see. */
  stretch: number;
  turn: number;
  x: number;
  y: number;
}

/** What normalisation should aim at. */
export interface Balance {
  /** Share of the frame that the overlay covers. */
  coverage: number;
  /** How far tone and band are pulled to an even histogram, 0..1. */
  evenTone: number;
  evenBand: number;
  /** Wanted root mean square slope of the normalised band per picture unit. */
  liveliness: number;
  /** True when the plane is folded: plain concentric rings then score low. */
  folded: boolean;
}

/** What the decoders need to know of the normalised fields. */
export interface Measures {
  heightSlope: number;
  maskSlope: number;
}

const NO_RADIUS = 1e6;

/** Dihedral fold of order n (1: none); beyond `doubleRadius` the order doubles. */
export function writeFold(image: Image, order: number, softness: number, doubleRadius = NO_RADIUS): void {
  const half = 0.5 / order;
  setI(image, I_FOLD, order, Math.ceil(order / 2));
  setF(image, F_FOLD_NX, -cosTurns(half), sinTurns(half), -cosTurns(half / 2), sinTurns(half / 2));
  setF(image, F_SOFT, softness * softness);
  setF(image, F_DOUBLE_R, doubleRadius);
  setF(image, F_BLOOM, 2.6);
  setF(image, F_BLOOM_R, 1.9);
}

export function writeView(image: Image, { zoom, stretch, turn, x, y }: View): void {
  const c = cosTurns(turn) * zoom;
  const s = sinTurns(turn) * zoom;
  setF(image, F_M00, c * stretch, -s, s * stretch, c, x, y);
}

/** Which of nine zones a grid point lies in: blocks of the frame, or (folded) rings around its centre. */
function zoneOf(sample: Sample, x: number, y: number, folded: boolean): number {
  if (!folded) return Math.floor((x * 3) / sample.columns) + 3 * Math.floor((y * 3) / sample.rows);
  const px = (x + 0.5 - sample.columns / 2) * sample.cell;
  const py = (y + 0.5 - sample.rows / 2) * sample.cell;
  return Math.min(Math.floor(Math.sqrt(px * px + py * py) * 4.5), 8);
}

/** Spread of a field within each zone, in shares of its range: the mean plus the least, so that no zone is empty. */
function evenness(sample: Sample, head: number, range: number, folded: boolean): number {
  const values = sample.heads[head] ?? new Float64Array(0);
  const low = new Float64Array(9).fill(1e9);
  const high = new Float64Array(9).fill(-1e9);
  values.forEach((v, i) => {
    const zone = zoneOf(sample, i % sample.columns, Math.floor(i / sample.columns), folded);
    low[zone] = Math.min(low[zone] ?? v, v);
    high[zone] = Math.max(high[zone] ?? v, v);
  });
  let sum = 0;
  let least = 1;
  for (let zone = folded ? 1 : 0; zone < 9; zone++) {
    const spread = clamp(((high[zone] ?? 0) - (low[zone] ?? 0)) / range, 0, 0.6);
    sum += spread;
    least = Math.min(least, spread);
  }
  return sum / 9 + least;
}

/** Share of a field's slope that runs around the centre: 0 for plain rings, 1 for plain rays. */
function turning(sample: Sample, head: number): number {
  const values = sample.heads[head] ?? new Float64Array(0);
  const { columns, rows } = sample;
  let around = 0;
  let total = 1e-9;
  for (let y = 1; y + 1 < rows; y++) {
    for (let x = 1; x + 1 < columns; x++) {
      const px = x + 0.5 - columns / 2;
      const py = y + 0.5 - rows / 2;
      const i = y * columns + x;
      const dx = (values[i + 1] ?? 0) - (values[i - 1] ?? 0);
      const dy = (values[i + columns] ?? 0) - (values[i - columns] ?? 0);
      const t = dx * py - dy * px;
      around += (t * t) / (px * px + py * py);
      total += dx * dx + dy * dy;
    }
  }
  return around / total;
}

function score(sample: Sample, balance: Balance): number {
  const bands = sorted(sample.heads[P_BAND] ?? new Float64Array(0));
  const range = quantile(bands, 0.98) - quantile(bands, 0.02) + 1e-6;
  const tones = sorted(sample.heads[P_TONE] ?? new Float64Array(0));
  const toneRange = quantile(tones, 0.98) - quantile(tones, 0.02) + 1e-6;
  const lively = slope(sample, P_BAND) / range / balance.liveliness;
  const off = Math.max(lively, 1 / Math.max(lively, 0.05)) - 1;
  const rays = balance.folded ? 1.6 * Math.min(turning(sample, P_BAND), 0.5) + 0.6 * Math.min(turning(sample, P_MASK), 0.5) : 0;
  return evenness(sample, P_BAND, range, balance.folded) + 0.6 * evenness(sample, P_TONE, toneRange, balance.folded) - 0.8 * Math.min(off, 3) + rays;
}

/** Tries several views on a coarse grid and keeps the one whose forms fill the frame best. */
export function chooseView(kernel: Kernel, image: Image, frame: { width: number; height: number }, balance: Balance, views: readonly View[]): View {
  let chosen = views[0] ?? { zoom: 1, stretch: 1, turn: 0, x: 0, y: 0 };
  let most = -1e9;
  for (const view of views) {
    writeView(image, view);
    const points = score(sampleGrid(kernel, image, frame, 300), balance);
    if (points > most) {
      most = points;
      chosen = view;
    }
  }
  return chosen;
}

export function randomView(random: Random, zoom: number, stretch: number, reach: number): View {
  return {
    stretch,
    zoom: zoom * random.between(0.9, 1.12),
    turn: random.uniform(),
    x: random.between(-reach, reach),
    y: random.between(-reach, reach),
  };
}

/** Identity with rounded ends, so that clamping leaves no crease. */
function easeEnds(v: number, e: number): number {
  if (v > 0.5) return 1 - easeEnds(1 - v, e);
  return (v < e ? (v * v) / (2 * e) : v - e / 2) / (1 - e);
}

/** Running mean over 25 values, ends held. */
function blur(values: readonly number[]): number[] {
  const last = values.length - 1;
  return values.map((_, i) => {
    let sum = 0;
    for (let k = -12; k <= 12; k++) sum += values[Math.min(Math.max(i + k, 0), last)] ?? 0;
    return sum / 25;
  });
}

/** Table that maps a normalised value to its rank, blended with identity. */
function writeEqualiser(image: Image, table: number, values: Float64Array, low: number, range: number, even: number, ease: number): void {
  const order = sorted(values);
  const rank = (v: number) => {
    let a = 0;
    let b = order.length;
    while (a < b) {
      const mid = Math.floor((a + b) / 2);
      if ((order[mid] ?? 0) < v) a = mid + 1;
      else b = mid;
    }
    return a / order.length;
  };
  const ranks = Array.from({ length: EQ_STEPS + 1 }, (_, i) => rank(low + (i / EQ_STEPS) * range));
  blur(blur(ranks)).forEach((r, i) => {
    const t = i / EQ_STEPS;
    const even01 = Math.min(Math.max((r - 0.02) / 0.96, 0), 1);
    image.f32[table / 4 + i] = easeEnds(t + (even01 - t) * even, ease);
  });
}

/** Measures the chosen view and writes scale, bias and equalisers, so that every seed fills its range. */
export function normalise(kernel: Kernel, image: Image, frame: { width: number; height: number }, balance: Balance): Measures {
  const sample = sampleGrid(kernel, image, frame, 1500);
  const scales: number[] = [];
  for (let h = 0; h < HEADS; h++) {
    const values = sample.heads[h] ?? new Float64Array(0);
    const order = sorted(values);
    const low = quantile(order, 0.02);
    const range = quantile(order, 0.98) - low + 1e-5;
    const zero = zeroOf(h, order, low, range, balance);
    scales[h] = 1 / range;
    setF(image, F_HEAD + h * 2, 1 / range, -zero / range);
    if (h === P_TONE) writeEqualiser(image, EQ_TONE, values, low, range, balance.evenTone, 0.14);
    if (h === P_BAND) writeEqualiser(image, EQ_BAND, values, low, range, balance.evenBand, 0.02);
  }
  return {
    heightSlope: slope(sample, P_HEIGHT) * (scales[P_HEIGHT] ?? 1),
    maskSlope: slope(sample, P_MASK) * (scales[P_MASK] ?? 1),
  };
}

/** The raw value that becomes 0. */
function zeroOf(head: number, order: Float64Array, low: number, range: number, balance: Balance): number {
  if (head === P_MASK) return quantile(order, 1 - balance.coverage);
  if (head === P_DETAIL) return low + range / 2;
  if (head === P_DRIFT) return quantile(order, 0.55);
  return low;
}
