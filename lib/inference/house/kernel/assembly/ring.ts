import { I_CAP, I_PAD, I_RING, I_STRIDE, LUT_SIZE, PLANES } from '../layout';
import { n } from './cells';

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
