import { gradeOf, rampOf, writeSrgb } from './colour/ramp';
import type { Kernel, KernelKind } from './kernel/kernel';
import {
  CFG, CFGI, DATA, F_EDGE, F_INV2S, F_ISS2, F_LX, F_OUT_STEP, F_PX, F_RADIUS, F_STEP, F_TAP, I_ACC, I_COLS,
  I_NOISE_SEED, I_OUT, I_OUT_W, I_SS, I_TAPS, PLANES, TAPS,
} from './kernel/layout';
import { plainKernel } from './kernel/plain/kernel';
import { wasmKernel } from './kernel/wasm';
import { clamp, lerp } from './maths';
import { type HouseModelId, type HouseParams, parseParams } from './parameters';
import { type Condition, conditionOf } from './plan/condition';
import { type Balance, chooseView, normalise, randomView, writeFold, writeView } from './plan/frame';
import { type Image, imageOf, setF, setI } from './plan/image';
import { writeNetwork } from './plan/network';
import { nacreStyle, ringRadii, type Shadow, strataStyle, type StyleInput, vitrailStyle } from './plan/style';
import { randomFrom } from './prng';
import { weightsOf } from './weights/table';

export interface HouseRequest {
  model: HouseModelId;
  prompt: string;
  /** uint64, decimal string or bigint. */
  seed: string | bigint;
  params: Readonly<Record<string, unknown>>;
}

export interface RenderOptions {
  kernel?: KernelKind;
  /** Called with 0..1 after each band of rows. */
  onProgress?: (done: number) => void;
  /** Asked between rows; true ends the run with RenderStopped. */
  shouldStop?: () => boolean;
}

/** 8-bit sRGB, not premultiplied, alpha 255, row-major. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

export class RenderStopped extends Error {
  override readonly name = 'RenderStopped';
}

/** How a model drives its network: fixed traits of the style, moved by words and sliders. */
interface Temper {
  frequency: number;
  strain: number;
  flowFrequency: number;
  flowGrowth: number;
  zoom: number;
  balance: Omit<Balance, 'folded'>;
}

const TEMPERS: Readonly<Record<HouseModelId, Temper>> = {
  nacre: {
    frequency: 0.72,
    strain: 0.34,
    flowFrequency: 1.5,
    flowGrowth: 1.25,
    zoom: 1,
    balance: { coverage: 0.26, evenTone: 0.45, evenBand: 0, liveliness: 1.1 },
  },
  strata: {
    frequency: 0.5,
    strain: 0.3,
    flowFrequency: 1.5,
    flowGrowth: 1.26,
    zoom: 0.85,
    balance: { coverage: 0.2, evenTone: 0.5, evenBand: 0.85, liveliness: 0.9 },
  },
  vitrail: {
    frequency: 0.9,
    strain: 0.22,
    flowFrequency: 1.7,
    flowGrowth: 1.28,
    zoom: 1.15,
    balance: { coverage: 0.2, evenTone: 0.6, evenBand: 0.7, liveliness: 1.6 },
  },
};

const SAMPLES = { standard: 1, fine: 2 } as const;

/** Order of the fold: the parameter, else what the words ask for, else (vitrail) the seed's choice. */
function foldOrder(model: HouseModelId, params: HouseParams, condition: Condition, pick: number): number {
  const asked = String(params.symmetry);
  if (asked === 'none') return 1;
  if (asked !== 'auto') return Number(asked);
  if (model === 'vitrail') return [5, 6, 6, 8, 8, 10, 12, 12][Math.floor(pick * 8)] ?? 6;
  return condition.axis('symmetry') > 0.75 ? ([4, 5, 6, 8][Math.floor(pick * 4)] ?? 6) : 1;
}

/** Picture geometry in samples. */
interface Geometry {
  width: number;
  height: number;
  ss: number;
  mirrorX: boolean;
  mirrorY: boolean;
  /** Picture units per sample. */
  step: number;
}

function writeGeometry(image: Image, g: Geometry, shadow: Shadow, relief: number): { reach: number; bytes: number } {
  const columns = (g.mirrorX ? g.width / 2 : g.width) * g.ss;
  const outStep = g.step * g.ss;
  const aoReach = Math.max(1, Math.floor(0.012 / g.step + 0.5));
  const reach = Math.max(aoReach, ...shadow.map((d) => Math.ceil(d / g.step))) + 1;
  const pad = Math.ceil(reach / 8) * 8;
  const stride = Math.ceil((columns + 2 * pad) / 8) * 8;
  const capacity = 2 * reach + 2;
  const acc = DATA + capacity * PLANES * stride * 4;
  const out = acc + (columns / g.ss) * 16;
  setF(image, F_STEP, g.step, (0.5 - (g.width * g.ss) / 2) * g.step, (0.5 - (g.height * g.ss) / 2) * g.step);
  setF(image, F_OUT_STEP, outStep, (0.5 - g.width / 2) * outStep, (0.5 - g.height / 2) * outStep);
  setF(image, F_INV2S, (0.5 / g.step) * relief);
  setF(image, F_PX, 1 / g.step);
  setF(image, F_EDGE, Math.min(g.step / 0.007, 0.66));
  setF(image, F_ISS2, 1 / (g.ss * g.ss));
  const lx = image.f32[CFG / 4 + F_LX] ?? 0;
  const ly = image.f32[CFG / 4 + F_LX + 1] ?? 0;
  const flat = Math.sqrt(lx * lx + ly * ly) + 1e-9;
  for (let k = 0; k < TAPS; k++) {
    const d = (shadow[k] ?? 0) / g.step;
    setF(image, F_TAP + k, d);
    setI(image, I_TAPS + 2 * k, Math.floor((lx / flat) * d + 0.5), Math.floor((ly / flat) * d + 0.5));
  }
  setI(image, I_COLS, columns, pad, stride, capacity, DATA);
  setI(image, I_SS, g.ss);
  setI(image, I_ACC, acc, out, aoReach);
  setI(image, I_OUT_W, g.width, g.mirrorX ? 1 : 0, columns / g.ss);
  return { reach, bytes: out + g.width * 4 };
}

function bytesFor(g: Geometry): number {
  const columns = (g.mirrorX ? g.width / 2 : g.width) * g.ss;
  const reach = Math.ceil(0.2 / g.step) + 16;
  return DATA + (2 * reach + 2) * PLANES * (columns + 2 * reach + 32) * 4 + g.width * 20;
}

/** Canonical text of a uint64 seed. Throws RangeError. */
export function seedText(seed: string | bigint): string {
  const text = typeof seed === 'bigint' ? seed.toString() : seed;
  if (!/^(0|[1-9]\d{0,19})$/.test(text) || BigInt(text) > 0xffffffffffffffffn) throw new RangeError('seed must be a uint64');
  return text;
}

let wasm: Kernel | undefined;

function kernelOf(kind: KernelKind): Kernel {
  if (kind === 'plain') return plainKernel();
  wasm ??= wasmKernel();
  return wasm;
}

/**
 * Renders one picture, synchronously, on the calling thread. Same request, same pixels, on every machine and engine.
 * Throws ParameterError, RangeError for a seed that is no uint64, RenderStopped.
 */
export function render(request: HouseRequest, options: RenderOptions = {}): Picture {
  const { model, prompt } = request;
  const params = parseParams(model, request.params);
  const seed = seedText(request.seed);
  const kernel = kernelOf(options.kernel ?? 'wasm');
  const weights = weightsOf(model);
  const mood = randomFrom(`run:${seed}:${model}`);
  const condition = conditionOf(prompt, weights, params, mood);
  const temper = TEMPERS[model];
  const scene = randomFrom(`scene:${seed}:${model}`);
  const fold = foldOrder(model, params, condition, scene.uniform());
  const geometry: Geometry = {
    width: Number(params.width),
    height: Number(params.height),
    ss: model === 'vitrail' ? 2 : SAMPLES[params.finish === 'fine' ? 'fine' : 'standard'],
    mirrorX: fold > 1,
    mirrorY: fold > 1 && fold % 2 === 0,
    step: 0,
  };
  geometry.step = 2 / Math.min(geometry.width, geometry.height) / geometry.ss;
  const image = imageOf(kernel, bytesFor(geometry));
  image.u8.fill(0, CFG, DATA);

  const complexity = Number(params.complexity) / 100;
  const dense = condition.axis('dense');
  const energy = condition.axis('energy');
  const busy = clamp(0.55 + 0.9 * complexity + 0.16 * dense + 0.05 * energy, 0.62, 1.9);
  const zoom = (temper.zoom * 100) / Number(params.scale);
  const balance: Balance = {
    ...temper.balance,
    folded: fold > 1,
    coverage: clamp(temper.balance.coverage + scene.between(-0.08, 0.12), 0.08, 0.5),
    liveliness: temper.balance.liveliness * (0.6 + 0.8 * complexity) * clamp(1 + 0.2 * dense, 0.7, 1.5),
  };
  const drive = {
    condition: condition.vector,
    frequency: temper.frequency * busy,
    strain: temper.strain * clamp(0.6 + 0.8 * complexity + 0.22 * energy, 0.55, 1.7),
    flowFrequency: temper.flowFrequency * clamp(0.75 + 0.5 * complexity, 0.5, 1.6),
    flowGrowth: temper.flowGrowth,
    drift: 0,
  };
  writeNetwork(image, weights, drive);
  const geo = clamp(condition.axis('geometric') - condition.axis('organic'), -1, 1);
  const softness = clamp(scene.between(0.01, 0.08) - 0.04 * geo, 0.004, 0.12);
  const rings = model === 'vitrail' ? ringRadii(scene) : [];
  const doubled = fold <= 8 && scene.uniform() < 0.6 ? rings.at(-1) : undefined;
  writeFold(image, fold, softness, doubled);
  setF(image, F_RADIUS, model === 'vitrail' ? 0.15 : 1);
  const views = Array.from({ length: 6 }, () => randomView(scene, zoom, fold > 5 ? fold / 5 : 1, fold > 1 ? 1.6 : 2.4));
  writeView(image, chooseView(kernel, image, geometry, balance, views));
  const drift = Number(params.drift) / 360;
  if (drift > 0) writeNetwork(image, weights, { ...drive, drift });
  const measures = normalise(kernel, image, geometry, balance);

  const grade = gradeOf(condition.axis('light'), condition.axis('vivid'), condition.axis('warm'), mood);
  const style: StyleInput = {
    image,
    condition,
    params,
    random: mood,
    measures,
    main: rampOf(condition.palette, grade),
    accent: rampOf(condition.accent, grade),
    folded: fold > 1,
  };
  writeSrgb(image);
  setI(image, I_NOISE_SEED, Math.floor(scene.uniform() * 2147483647));
  const { shadow, relief } = decoderOf(model, style, lerp(3, 8, complexity) + 1.2 * dense, rings);
  const { reach, bytes } = writeGeometry(image, geometry, shadow, relief);
  if (bytes > image.u8.byteLength) throw new Error('memory image is too small for its plan');
  return paint(kernel, model, image, geometry, reach, options);
}

function decoderOf(model: HouseModelId, style: StyleInput, panes: number, rings: readonly number[]): { shadow: Shadow; relief: number } {
  if (model === 'nacre') return nacreStyle(style);
  if (model === 'strata') return { shadow: strataStyle(style), relief: 1 };
  return { shadow: vitrailStyle(style, panes, rings), relief: 1 };
}

/** Runs the rows: fields a little ahead, decode, average, encode. */
function paint(kernel: Kernel, model: HouseModelId, image: Image, g: Geometry, reach: number, options: RenderOptions): Picture {
  const rgba = new Uint8Array(g.width * g.height * 4);
  const decode = { nacre: kernel.nacreRow, strata: kernel.strataRow, vitrail: kernel.vitrailRow }[model];
  const out = image.i32[CFGI / 4 + I_OUT] ?? 0;
  const rows = g.mirrorY ? g.height / 2 : g.height;
  const put = (y: number) => {
    kernel.resolveRow(y);
    rgba.set(image.u8.subarray(out, out + g.width * 4), y * g.width * 4);
  };
  let ready = -reach;
  for (let y = 0; y < rows; y++) {
    if (options.shouldStop?.()) throw new RenderStopped('the run was stopped');
    kernel.clearRow();
    for (let s = y * g.ss; s < (y + 1) * g.ss; s++) {
      for (; ready <= s + reach; ready++) kernel.fieldRow(ready);
      decode(s);
    }
    put(y);
    if (g.mirrorY) put(g.height - 1 - y);
    if (y % 16 === 15) options.onProgress?.((y + 1) / rows);
  }
  options.onProgress?.(1);
  return { width: g.width, height: g.height, rgba };
}
