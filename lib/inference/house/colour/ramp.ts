import { BAND_STEPS, BAND_TABLE, LUT_SIZE, SRGB, SRGB_STEPS } from '../kernel/layout';
import { clamp, linearToSrgb } from '../maths';
import type { Image } from '../plan/image';
import type { Random } from '../prng';
import { type Lab, labOfHex, mixLab, rgbOf } from './oklab';
import { PALETTES } from './palettes';

/** A colour scale: position 0..1 to OKLab. */
export type Ramp = (t: number) => Lab;

/** What words and seed do to a palette before it is used. */
export interface Grade {
  /** Added to lightness, about -0.12..0.12. */
  light: number;
  /** Chroma factor. */
  chroma: number;
  /** Added to OKLab b: yellow up, blue down. */
  warmth: number;
  /** Hue turn given as tan of half the angle. */
  hue: number;
}

export function gradeOf(light: number, vivid: number, warm: number, random: Random): Grade {
  return {
    light: clamp(light * 0.07, -0.13, 0.12),
    chroma: clamp(1 + vivid * (vivid < 0 ? 0.85 : 0.22), 0.2, 1.4),
    warmth: clamp(warm * 0.012, -0.03, 0.03),
    hue: random.between(-0.06, 0.06),
  };
}

function graded(lab: Lab, grade: Grade): Lab {
  const k = 1 + grade.hue * grade.hue;
  const c = (1 - grade.hue * grade.hue) / k;
  const s = (2 * grade.hue) / k;
  const a = (lab.a * c - lab.b * s) * grade.chroma;
  const b = (lab.a * s + lab.b * c) * grade.chroma + grade.warmth * (1 - lab.L * 0.5);
  const room = lab.L * (1 - lab.L) * 4;
  return { L: lab.L + grade.light * room, a, b };
}

/** Smooth scale through the stops of a palette. */
export function rampOf(palette: number, grade: Grade): Ramp {
  const stops = (PALETTES[palette]?.stops ?? []).map((hex) => graded(labOfHex(hex), grade));
  const last = stops.length - 1;
  return (t) => {
    const at = clamp(t, 0, 1) * last;
    const i = Math.min(Math.floor(at), last - 1);
    const u = at - i;
    const a = stops[i];
    const b = stops[i + 1];
    if (!a || !b) throw new Error('palette has too few stops');
    return mixLab(a, b, u * u * (3 - 2 * u) * 0.5 + u * 0.5);
  };
}

function writeColour(image: Image, at: number, lab: Lab): void {
  const [r, g, b] = rgbOf(lab);
  image.f32[at] = r;
  image.f32[at + 1] = g;
  image.f32[at + 2] = b;
  image.f32[at + 3] = 0;
}

/** Writes a scale as a table of LUT_SIZE linear colours. */
export function writeLut(image: Image, table: number, ramp: Ramp): void {
  for (let i = 0; i < LUT_SIZE; i++) writeColour(image, table / 4 + i * 4, ramp(i / (LUT_SIZE - 1)));
}

/** Writes one band's scale into the band table. */
export function writeBand(image: Image, id: number, ramp: Ramp): void {
  for (let i = 0; i < BAND_STEPS; i++) {
    writeColour(image, BAND_TABLE / 4 + (id * BAND_STEPS + i) * 4, ramp(i / (BAND_STEPS - 1)));
  }
}

let srgbTable: Float32Array | undefined;

/** Writes the table from the square root of a linear value to its sRGB level, 0..255. */
export function writeSrgb(image: Image): void {
  if (!srgbTable) {
    srgbTable = new Float32Array(SRGB_STEPS + 1);
    for (let i = 0; i <= SRGB_STEPS; i++) {
      const root = i / SRGB_STEPS;
      srgbTable[i] = linearToSrgb(root * root) * 255;
    }
  }
  image.f32.set(srgbTable, SRGB / 4);
}
