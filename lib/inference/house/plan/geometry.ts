import {
  CFG,
  DATA,
  F_EDGE,
  F_INV2S,
  F_ISS2,
  F_LX,
  F_OUT_STEP,
  F_PX,
  F_STEP,
  F_TAP,
  I_ACC,
  I_COLS,
  I_OUT_W,
  I_SS,
  I_TAPS,
  PLANES,
  TAPS,
} from '../kernel/layout';
import type { HouseModelId } from '../parameter-schema';
import { type Image, setF, setI } from './image';
import type { Shadow } from './style';

/** A picture in samples. */
export interface Geometry {
  width: number;
  height: number;
  /** Samples per pixel and direction. */
  ss: number;
  /** Folded pictures are computed in one half or one quarter and mirrored. */
  mirrorX: boolean;
  mirrorY: boolean;
  /** Picture units per sample; the short side of a picture is 2. */
  step: number;
}

export function geometryOf(width: number, height: number, ss: number, fold: number): Geometry {
  const step = 2 / Math.min(width, height) / ss;
  return { width, height, ss, mirrorX: fold > 1, mirrorY: fold > 1 && fold % 2 === 0, step };
}

/** Longest shadow that each style may ask for, in picture units. */
const MAX_SHADOW: Readonly<Record<HouseModelId, number>> = { nacre: 0.07, strata: 0.19, vitrail: 0 };
const AO_REACH = 0.012;

function columnsOf(g: Geometry): number {
  return (g.mirrorX ? g.width / 2 : g.width) * g.ss;
}

/** Upper bound of the memory image, in bytes. */
export function bytesFor(model: HouseModelId, g: Geometry): number {
  const reach = Math.ceil(Math.max(MAX_SHADOW[model], AO_REACH) / g.step) + 16;
  return DATA + (2 * reach + 2) * PLANES * (columnsOf(g) + 2 * reach + 32) * 4 + g.width * 20;
}

function writeTaps(image: Image, shadow: Shadow, step: number): void {
  const lx = image.f32[CFG / 4 + F_LX] ?? 0;
  const ly = image.f32[CFG / 4 + F_LX + 1] ?? 0;
  const flat = Math.sqrt(lx * lx + ly * ly) + 1e-9;
  for (let k = 0; k < TAPS; k++) {
    const d = (shadow[k] ?? 0) / step;
    setF(image, F_TAP + k, d);
    setI(image, I_TAPS + 2 * k, Math.floor((lx / flat) * d + 0.5), Math.floor((ly / flat) * d + 0.5));
  }
}

/** Writes everything that depends on the size in pixels. Returns how many rows the decoder looks ahead. */
export function writeGeometry(image: Image, g: Geometry, shadow: Shadow, relief: number): number {
  const columns = columnsOf(g);
  const outStep = g.step * g.ss;
  const aoReach = Math.max(1, Math.floor(AO_REACH / g.step + 0.5));
  const reach = Math.max(aoReach, ...shadow.map((d) => Math.ceil(d / g.step))) + 1;
  const pad = Math.ceil(reach / 8) * 8;
  const stride = Math.ceil((columns + 2 * pad) / 8) * 8;
  const capacity = 2 * reach + 2;
  const acc = DATA + capacity * PLANES * stride * 4;
  const out = acc + (columns / g.ss) * 16;
  if (out + g.width * 4 > image.u8.byteLength) throw new Error('memory image is too small for its plan');
  setF(image, F_STEP, g.step, (0.5 - (g.width * g.ss) / 2) * g.step, (0.5 - (g.height * g.ss) / 2) * g.step);
  setF(image, F_OUT_STEP, outStep, (0.5 - g.width / 2) * outStep, (0.5 - g.height / 2) * outStep);
  setF(image, F_INV2S, (0.5 / g.step) * relief);
  setF(image, F_PX, 1 / g.step);
  setF(image, F_EDGE, Math.min(g.step / 0.007, 0.66));
  setF(image, F_ISS2, 1 / (g.ss * g.ss));
  writeTaps(image, shadow, g.step);
  setI(image, I_COLS, columns, pad, stride, capacity, DATA);
  setI(image, I_SS, g.ss);
  setI(image, I_ACC, acc, out, aoReach);
  setI(image, I_OUT_W, g.width, g.mirrorX ? 1 : 0, columns / g.ss);
  return reach;
}
