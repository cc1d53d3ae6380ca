import { gradeOf, rampOf, writeSrgb } from './colour/ramp';
import type { Kernel, KernelKind } from './kernel/kernel';
import { CFG, CFGI, DATA, F_RADIUS, I_NOISE_SEED, I_OUT } from './kernel/layout';
import { plainKernel } from './kernel/plain/kernel';
import { wasmKernel } from './kernel/wasm';
import { clamp, lerp } from './maths';
import type { HouseModelId } from './parameter-schema';
import { type HouseParams, parseParams } from './parameters';
import { type Condition, conditionOf } from './plan/condition';
import { chooseView, type Measures, normalise, randomView, writeFold, writeView } from './plan/frame';
import { bytesFor, type Geometry, geometryOf, writeGeometry } from './plan/geometry';
import { type Image, imageOf, setF, setI } from './plan/image';
import { writeNetwork } from './plan/network';
import { nacreStyle, ringRadii, type StyleInput, strataStyle, vitrailStyle } from './plan/style';
import { balanceOf, driveOf, foldOrder, zoomOf } from './plan/temper';
import { type Random, randomFrom } from './prng';
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
  /** Called with 0..1 every sixteen rows and at the end. */
  onProgress?: (done: number) => void;
  /** Asked before each row; true ends the run with RenderStopped. */
  shouldStop?: () => boolean;
}

/** 8-bit sRGB, not premultiplied, alpha 255, row-major. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array<ArrayBuffer>;
}

export interface Size {
  width: number;
  height: number;
}

export class RenderStopped extends Error {
  override readonly name = 'RenderStopped';
}

/** Everything one run has decided so far. */
interface Run {
  model: HouseModelId;
  params: HouseParams;
  condition: Condition;
  fold: number;
  geometry: Geometry;
  kernel: Kernel;
  image: Image;
  /** Two streams: colours and surface, form and framing. A change in one leaves the other alone. */
  mood: Random;
  scene: Random;
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

function begin({ model, prompt, seed: given, params: raw }: HouseRequest, kind: KernelKind, size: Size | undefined): Run {
  const params = parseParams(model, raw);
  const seed = seedText(given);
  const mood = randomFrom(`run:${seed}:${model}`);
  const scene = randomFrom(`scene:${seed}:${model}`);
  const condition = conditionOf(prompt, weightsOf(model), params, mood);
  const fold = foldOrder(model, params, condition, scene.uniform());
  const ss = model === 'vitrail' || params.finish === 'fine' ? 2 : 1;
  const { width, height } = size ?? { width: Number(params.width), height: Number(params.height) };
  const geometry = geometryOf(width, height, ss, fold);
  const kernel = kernelOf(kind);
  const image = imageOf(kernel, bytesFor(model, geometry));
  image.u8.fill(0, CFG, DATA);
  return { model, params, condition, fold, geometry, kernel, image, mood, scene };
}

/**
 * Writes the network and frames it. The view is chosen at middle complexity and unit scale without drift, so that
 * moving those sliders moves one composition instead of jumping to another.
 */
function frame(run: Run, rings: readonly number[]): Measures {
  const { model, params, condition, fold, geometry, kernel, image, scene } = run;
  const weights = weightsOf(model);
  const complexity = Number(params.complexity) / 100;
  const balance = balanceOf(model, condition, fold > 1, scene.between(-1, 1));
  const shape = clamp(condition.axis('geometric') - condition.axis('organic'), -1, 1);
  const softness = clamp(scene.between(0.01, 0.08) - 0.04 * shape, 0.004, 0.12);
  const doubles = scene.uniform() < 0.6 && fold <= 8;
  writeFold(image, fold, softness, doubles ? rings.at(-1) : undefined);
  setF(image, F_RADIUS, model === 'vitrail' ? 0.15 : 1);
  writeNetwork(image, weights, driveOf(model, condition, 0.5, 0));
  const stretch = fold > 5 ? fold / 5 : 1;
  const views = Array.from({ length: 8 }, () => randomView(scene, zoomOf(model), stretch, fold > 1 ? 1.6 : 2.4));
  const view = chooseView(kernel, image, geometry, balance, views);
  writeNetwork(image, weights, driveOf(model, condition, complexity, Number(params.drift) / 360));
  writeView(image, { ...view, zoom: (view.zoom * 100) / Number(params.scale) });
  return normalise(kernel, image, geometry, balance);
}

/** Writes the decoder of the model's style. Returns how many sample rows it looks ahead. */
function dress(run: Run, measures: Measures, rings: readonly number[]): number {
  const { model, params, condition, fold, geometry, image, mood, scene } = run;
  const grade = gradeOf(condition.axis('light'), condition.axis('vivid'), condition.axis('warm'), mood);
  const main = rampOf(condition.palette, grade);
  const accent = rampOf(condition.accent, grade);
  const style: StyleInput = { image, condition, params, random: mood, measures, main, accent, folded: fold > 1 };
  writeSrgb(image);
  setI(image, I_NOISE_SEED, scene.below(2147483647));
  if (model === 'nacre') {
    const { shadow, relief } = nacreStyle(style);
    return writeGeometry(image, geometry, shadow, relief);
  }
  if (model === 'strata') return writeGeometry(image, geometry, strataStyle(style), 1);
  const panes = lerp(3, 8, Number(params.complexity) / 100) + 1.2 * condition.axis('dense');
  return writeGeometry(image, geometry, vitrailStyle(style, panes, rings), 1);
}

/** A run that only its rows are missing from. The next plan on the same kernel voids it. */
export interface Plan {
  model: HouseModelId;
  geometry: Geometry;
  kernel: Kernel;
  image: Image;
  /** Sample rows that the decoder looks ahead. */
  reach: number;
}

/** Reads the request, folds the network, frames it and writes the decoder: all but the pixels. */
export function planOf(request: HouseRequest, size: Size | undefined, kind: KernelKind = 'wasm'): Plan {
  const run = begin(request, kind, size);
  const rings = run.model === 'vitrail' ? ringRadii(run.scene) : [];
  const reach = dress(run, frame(run, rings), rings);
  return { model: run.model, geometry: run.geometry, kernel: run.kernel, image: run.image, reach };
}

/** Runs the rows: fields a little ahead, decode, average, encode. */
function paint({ model, geometry: g, kernel, image, reach }: Plan, options: RenderOptions): Picture {
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

/**
 * Renders one picture, synchronously, on the calling thread. Same request, same pixels, on every machine and engine.
 * Throws ParameterError, RangeError for a seed that is no uint64, RenderStopped.
 */
export function render(request: HouseRequest, options: RenderOptions = {}): Picture {
  return renderAt(request, undefined, options);
}

/** As render, at any even size: the same composition as a thumbnail or a test vector. Such a picture is not a work. */
export function renderAt(request: HouseRequest, size: Size | undefined, options: RenderOptions = {}): Picture {
  return paint(planOf(request, size, options.kernel), options);
}
