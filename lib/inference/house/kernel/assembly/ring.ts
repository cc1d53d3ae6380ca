import { F_INV_LXY, F_RADIAL, F_TAP, I_CAP, I_PAD, I_RING, I_STRIDE, I_TAPS, LUT_SIZE, PLANES } from '../layout';
import { f, n } from './cells';

/** Address of column 0 of one plane of field row `y`. */
@inline
export function rowOf(y: i32, plane: i32): usize {
  const cap = n(I_CAP);
  let slot = y % cap;
  if (slot < 0) slot += cap;
  return <usize>n(I_RING) + <usize>(((slot * PLANES + plane) * n(I_STRIDE) + n(I_PAD)) << 2);
}

/** Palette entry for t in [0, 1]; values outside are clamped. */
@inline
export function lookUp(table: usize, t: f32): v128 {
  const c = min<f32>(max<f32>(t, 0), 1) * f32(LUT_SIZE - 1);
  return v128.load(table + (<usize>i32(c) << 4));
}

/** Value of a plane at shadow tap `k` of sample (x, y), whose light comes from (lx, ly). */
@inline
export function tap(plane: i32, x: i32, y: i32, k: i32, lx: f32, ly: f32): f32 {
  let tx = n(I_TAPS + k + k);
  let ty = n(I_TAPS + k + k + 1);
  if (f(F_RADIAL) != 0) {
    const d: f32 = f(F_TAP + k) * f(F_INV_LXY);
    tx = i32(floor<f32>(lx * d + f32(0.5)));
    ty = i32(floor<f32>(ly * d + f32(0.5)));
  }
  return load<f32>(rowOf(y + ty, plane) + <usize>((x + tx) << 2));
}
