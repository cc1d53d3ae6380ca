import {
  F_GRAIN, F_ISS2, F_OUT_OX, F_OUT_OY, F_OUT_STEP, F_VIGNETTE, I_ACC, I_MIRROR, I_NOISE_SEED, I_OUT, I_OUT_COLS, I_OUT_W, SRGB,
  SRGB_STEPS,
} from '../layout';
import { f, n } from './cells';
import { hash01 } from './maths';

@inline
function encode(root: f32, noise: f32): u32 {
  const v: f32 = load<f32>(SRGB + (i32(root * f32(SRGB_STEPS)) << 2)) + noise;
  return u32(i32(floor<f32>(min<f32>(max<f32>(v, 0), 255))));
}

@inline
function put(x: i32, y: i32, root: v128): void {
  const seed = n(I_NOISE_SEED);
  const noise: f32 = (hash01(x, y, seed) + hash01(x, y, seed ^ 0x5bd1e995) - f32(1)) * f(F_GRAIN) + f32(0.5);
  const red = encode(f32x4.extract_lane(root, 0), noise);
  const green = encode(f32x4.extract_lane(root, 1), noise);
  const blue = encode(f32x4.extract_lane(root, 2), noise);
  store<u32>(<usize>n(I_OUT) + (<usize>x << 2), red | (green << 8) | (blue << 16) | 0xff000000);
}

/** Empties the accumulator row. */
export function clearRow(): void {
  const cols = n(I_OUT_COLS);
  let a = <usize>n(I_ACC);
  for (let x = 0; x < cols; x++) {
    v128.store(a, f32x4.splat(0));
    a += 16;
  }
}

/** Turns the accumulator into output row `y`: mean, vignette, square root index into the sRGB table, grain. */
export function resolveRow(y: i32): void {
  const cols = n(I_OUT_COLS);
  const width = n(I_OUT_W);
  const mirror = n(I_MIRROR);
  const py: f32 = f32(y) * f(F_OUT_STEP) + f(F_OUT_OY);
  for (let x = 0; x < cols; x++) {
    const px: f32 = f32(x) * f(F_OUT_STEP) + f(F_OUT_OX);
    const r2: f32 = px * px + py * py;
    const dark: f32 = f(F_ISS2) / (f32(1) + r2 * r2 * f(F_VIGNETTE));
    const mean = f32x4.mul(v128.load(<usize>n(I_ACC) + (<usize>x << 4)), f32x4.splat(dark));
    const root = f32x4.sqrt(f32x4.min(f32x4.max(mean, f32x4.splat(0)), f32x4.splat(1)));
    put(x, y, root);
    if (mirror != 0) put(width - 1 - x, y, root);
  }
}
