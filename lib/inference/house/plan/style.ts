import { rgbOf } from '../colour/oklab';
import { type Ramp, writeBand, writeLut } from '../colour/ramp';
import {
  F_AMBIENT,
  F_AO,
  F_BANDS,
  F_BEVEL,
  F_BEVEL_K,
  F_DETAIL,
  F_DIFFUSE,
  F_DISC,
  F_EXPOSURE,
  F_GLOW,
  F_GLOW_RGB,
  F_GRAIN,
  F_HRADIAL,
  F_HX,
  F_INV_LXY,
  F_IRID,
  F_LEAD,
  F_LX,
  F_METAL,
  F_MIX,
  F_NOISE,
  F_PLEAT,
  F_PLEAT_BEND,
  F_PLEAT_FREQ,
  F_RADIAL,
  F_RIM,
  F_RING_R,
  F_RING_SHIFT,
  F_RING_TONE,
  F_SHADOW,
  F_SHEEN,
  F_SPEC,
  F_STRIP_C,
  F_STRIP_W,
  F_TEXTURE,
  F_VIGNETTE,
  F_WALL,
  I_BANDS,
  I_RINGS,
  LUT_A,
  LUT_B,
} from '../kernel/layout';
import { clamp, cosTurns, sinTurns } from '../maths';
import type { HouseParams } from '../parameters';
import type { Random } from '../prng';
import type { Condition } from './condition';
import type { Measures } from './frame';
import { type Image, setF, setI } from './image';

/** What a style decoder is built from. */
export interface StyleInput {
  image: Image;
  condition: Condition;
  params: HouseParams;
  random: Random;
  measures: Measures;
  main: Ramp;
  accent: Ramp;
  /** True when the plane is folded: light then comes from the centre, so that mirrors stay invisible. */
  folded: boolean;
}

/** Distances of the shadow taps towards the light, in picture units. */
export type Shadow = readonly number[];

/** Key light from `turn`, `tilt` being its flat part; half vector for a viewer straight above. */
function writeLight({ image, folded }: StyleInput, turn: number, tilt: number): void {
  const z = Math.sqrt(1 - tilt * tilt);
  const length = Math.sqrt(tilt * tilt + (z + 1) * (z + 1));
  const flat = tilt / length;
  const x = cosTurns(turn);
  const y = sinTurns(turn);
  setF(image, F_LX, x * tilt, y * tilt, z, folded ? -tilt : 0);
  setF(image, F_HX, x * flat, y * flat, (z + 1) / length);
  setF(image, F_HRADIAL, folded ? -flat : 0);
  setF(image, F_RADIAL, folded ? -tilt : 0);
  setF(image, F_INV_LXY, 1 / tilt);
}

/** Light from the upper half, left or right. */
function lightTurn(random: Random): number {
  return random.uniform() < 0.5 ? random.between(0.58, 0.68) : random.between(0.82, 0.92);
}

export function nacreStyle(input: StyleInput): { shadow: Shadow; relief: number } {
  const { image, condition, params, random, measures, main, accent } = input;
  const gloss = clamp(Number(params.gloss) / 50 + 0.25 * condition.axis('gloss') - 0.15 * condition.axis('grit'), 0, 2.2);
  const wanted = (Number(params.relief) / 50) * (0.62 + 0.1 * condition.axis('depth') + 0.05 * condition.axis('energy'));
  const relief = clamp(wanted, 0, 1.6) / Math.max(measures.heightSlope, 0.4);
  const pleats = 2.2 + 1.6 * random.uniform() + 0.8 * clamp(condition.axis('lines') + condition.axis('dense') * 0.5, -1, 2);
  writeLight(input, lightTurn(random), 0.62);
  setF(image, F_PLEAT, clamp(0.06 + 0.025 * condition.axis('lines') + 0.02 * random.normal(), 0.012, 0.13));
  setF(image, F_PLEAT_FREQ, pleats * 1.6);
  setF(image, F_PLEAT_BEND, random.between(0.1, 0.6));
  setF(image, F_BEVEL, clamp(0.05 / Math.max(relief, 0.08), 0, 0.5));
  setF(image, F_BEVEL_K, 1 / (0.07 * Math.max(measures.maskSlope, 0.3)));
  setF(image, F_SHADOW, 1 / (0.05 * Math.max(measures.maskSlope, 0.3)));
  setF(image, F_AMBIENT, 0.3);
  setF(image, F_DIFFUSE, 0.92);
  setF(image, F_SPEC, 0.55 * gloss);
  setF(image, F_SHEEN, 0.26 * gloss);
  setF(image, F_IRID, random.between(0.12, 0.42) * (random.uniform() < 0.5 ? -1 : 1));
  setF(image, F_AO, relief * 14);
  setF(image, F_DETAIL, 0.1);
  setF(image, F_MIX, random.uniform() < 0.6 ? random.between(0.35, 0.95) : 0.12);
  setF(image, F_STRIP_C, random.between(0.3, 0.52));
  setF(image, F_STRIP_W, random.between(3, 6));
  setF(image, F_VIGNETTE, 0.05);
  setF(image, F_GRAIN, clamp(1.4 + 2 * condition.axis('grit'), 0.9, 5));
  setF(image, F_EXPOSURE, 1.06);
  const flip = random.uniform() < 0.3;
  writeLut(image, LUT_A, (t) => main(0.06 + 0.9 * (flip ? 1 - t : t)));
  writeLut(image, LUT_B, (t) => accent(0.1 + 0.88 * t));
  return { shadow: [0.012, 0.024, 0.036, 0.05, 0.064], relief };
}

type Layout = (u: number, i: number) => { at: number; accent: boolean };

/** How the sheets of a stack take their colours. */
function stackLayout(random: Random, condition: Condition): Layout {
  const kind = random.uniform() - 0.12 * condition.axis('vivid') + 0.1 * condition.axis('lines');
  const flip = random.uniform() < 0.5;
  const every = 3 + random.below(3);
  const start = random.below(every);
  const phase = random.uniform();
  const cycles = random.between(1.2, 2.4);
  const accentShare = random.uniform();
  const accented = (i: number) => accentShare < 0.75 && i % every === start;
  if (kind < 0.4) return (u, i) => ({ at: flip ? 1 - u : u, accent: accented(i) });
  if (kind < 0.75) {
    return (u, i) => {
      const w = u * cycles + phase;
      const saw = w - Math.floor(w);
      return { at: saw < 0.5 ? saw * 2 : 2 - saw * 2, accent: accented(i) };
    };
  }
  const order = Array.from({ length: 32 }, () => random.uniform());
  return (u, i) => {
    const jump = (i * 0.382 + phase) % 1;
    return { at: 0.35 * u + 0.65 * (0.8 * jump + 0.2 * (order[i % 32] ?? 0)), accent: accented(i) };
  };
}

export function strataStyle(input: StyleInput): Shadow {
  const { image, condition, params, random, main, accent } = input;
  const count = clamp(Number(params.layers) + Math.floor(2.5 * condition.axis('lines') + 1.5 * condition.axis('dense') + 0.5), 4, 28);
  const depth = clamp(Number(params.depth) / 50 + 0.2 * condition.axis('depth'), 0, 2.4);
  writeLight(input, lightTurn(random), 0.7);
  const layout = stackLayout(random, condition);
  for (let i = 0; i < count; i++) {
    const { at, accent: other } = layout((i + 0.5) / count, i);
    const ramp = other ? accent : main;
    const centre = 0.1 + 0.84 * at;
    writeBand(image, i, (t) => {
      const lab = ramp(centre + (t - 0.5) * 0.11);
      return { ...lab, L: lab.L + (t - 0.5) * 0.05 };
    });
  }
  setF(image, F_BANDS, count);
  setI(image, I_BANDS, count);
  setF(image, F_AMBIENT, 1);
  setF(image, F_DETAIL, 0.15);
  setF(image, F_SHADOW, 6);
  setF(image, F_TEXTURE, clamp(0.05 + 0.05 * condition.axis('grit') - 0.02 * condition.axis('gloss'), 0.015, 0.14));
  setF(image, F_NOISE, 190);
  setF(image, F_VIGNETTE, 0.05);
  setF(image, F_GRAIN, clamp(2.4 + 2.5 * condition.axis('grit'), 1, 7));
  setF(image, F_EXPOSURE, 1.04);
  const reach = 0.075 * depth;
  return [0.1, 0.25, 0.45, 0.7, 1].map((k) => k * reach);
}

const DISC = 0.9;

/** Radii of the lead rings, from the centre out. */
export function ringRadii(random: Random): readonly number[] {
  const rings: number[] = [];
  const wanted = 1 + random.below(3);
  let at = random.between(0.12, 0.26);
  while (rings.length < wanted && at < 0.82) {
    rings.push(at * DISC);
    at += random.between(0.2, 0.36);
  }
  return rings;
}

/** Rings with the shift of the band field and of the tone beyond each. */
function writeRings({ image, random }: StyleInput, rings: readonly number[]): void {
  rings.forEach((radius, k) => {
    setF(image, F_RING_R + k, radius);
    setF(image, F_RING_SHIFT + k, random.between(0.2, 0.8) + random.below(3));
    setF(image, F_RING_TONE + k, random.between(-0.22, 0.22));
  });
  setI(image, I_RINGS, rings.length);
}

export function vitrailStyle(input: StyleInput, bands: number, rings: readonly number[]): Shadow {
  const { image, condition, params, random, main, accent } = input;
  const glow = clamp(Number(params.glow) / 50 + 0.2 * condition.axis('light'), 0, 2.4);
  const table = 8;
  const phase = random.uniform();
  const every = 2 + random.below(3);
  for (let i = 0; i < table; i++) {
    const other = i % every === 1;
    const ramp = other ? accent : main;
    const jump = (i * 0.382 + phase) % 1;
    const centre = 0.3 + 0.52 * jump;
    writeBand(image, i, (t) => {
      const lab = ramp(centre + (t - 0.5) * 0.34);
      return { L: lab.L + (t - 0.5) * 0.1, a: lab.a * 1.16, b: lab.b * 1.16 };
    });
  }
  writeLut(image, LUT_B, (t) => accent(t));
  writeRings(input, rings);
  writeLight(input, 0.75, 0.5);
  setF(image, F_BANDS, bands);
  setI(image, I_BANDS, table);
  setF(image, F_DISC, DISC);
  setF(image, F_RIM, 0.035);
  setF(image, F_GLOW, 8 / (0.4 + 0.6 * glow));
  const wall = main(0.1);
  setF(image, F_WALL, ...rgbOf({ L: 0.2, a: wall.a * 0.35, b: wall.b * 0.35 }));
  const light = main(0.75);
  const halo = rgbOf({ L: 0.78, a: light.a * 0.7, b: light.b * 0.7 });
  setF(image, F_GLOW_RGB, halo[0] * 0.13 * glow, halo[1] * 0.13 * glow, halo[2] * 0.13 * glow, 0.6 * glow);
  setF(image, F_METAL, ...rgbOf({ L: 0.33, a: wall.a * 0.15, b: wall.b * 0.15 + 0.008 }));
  setF(image, F_LEAD, (0.003 + 0.005 * (Number(params.lead) / 50)) * clamp(1 + 0.12 * condition.axis('lines'), 0.7, 1.4));
  setF(image, F_AMBIENT, 0.6 + 0.32 * Math.min(glow, 1.6));
  setF(image, F_DETAIL, 0.3);
  setF(image, F_TEXTURE, clamp(0.26 + 0.1 * condition.axis('grit'), 0.1, 0.5));
  setF(image, F_NOISE, 26);
  setF(image, F_VIGNETTE, 0.12);
  setF(image, F_GRAIN, 1.2);
  setF(image, F_EXPOSURE, 1.05);
  return [];
}
