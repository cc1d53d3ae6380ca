import {
  BAND_STEPS, BAND_TABLE, F_AMBIENT, F_BANDS, F_DETAIL, F_EDGE, F_EXPOSURE, F_LX, F_LY, F_NOISE, F_OX, F_OY, F_RADIAL, F_SHADOW,
  F_STEP, F_TEXTURE, I_ACC, I_BANDS, I_COLS, I_NOISE_SEED, I_SS, P_BAND, P_DETAIL, P_TONE, TAPS,
} from '../layout';
import { f, n } from './cells';
import { clamp01, mix, scale, shoulder, valueNoise } from './maths';
import { rowOf, tap } from './ring';

/** Colour of one sheet of paper at tone t. */
@inline
function sheet(id: i32, t: f32): v128 {
  const i = i32(clamp01(t) * f32(BAND_STEPS - 1));
  return v128.load(BAND_TABLE + ((id * BAND_STEPS + i) << 4));
}

/** Cut-paper marbling: sheets stacked by the band field, each casting a soft shadow on those below. */
export function strataRow(y: i32): void {
  const cols = n(I_COLS);
  const ss = n(I_SS);
  const bands = n(I_BANDS);
  const count = f(F_BANDS);
  const band = rowOf(y, P_BAND);
  const bandUp = rowOf(y - 1, P_BAND);
  const bandDown = rowOf(y + 1, P_BAND);
  const tone = rowOf(y, P_TONE);
  const detail = rowOf(y, P_DETAIL);
  const radial = f(F_RADIAL);
  const seed = n(I_NOISE_SEED);
  const py: f32 = f32(y) * f(F_STEP) + f(F_OY);
  for (let x = 0; x < cols; x++) {
    const o = <usize>(x << 2);
    const level: f32 = load<f32>(band + o) * count;
    const id = min<i32>(i32(level), bands - 1);
    const gx: f32 = (load<f32>(band + o + 4) - load<f32>(band + o - 4)) * count * f32(0.5);
    const gy: f32 = (load<f32>(bandDown + o) - load<f32>(bandUp + o)) * count * f32(0.5);
    const g: f32 = sqrt<f32>(gx * gx + gy * gy) + f32(0.00001);
    const low: f32 = (level - f32(id)) / g;
    const high: f32 = (f32(id + 1) - level) / g;

    const px: f32 = f32(x) * f(F_STEP) + f(F_OX);
    let lx = f(F_LX);
    let ly = f(F_LY);
    if (radial != 0) {
      const k: f32 = f32(1) / sqrt<f32>(px * px + py * py + f32(0.01));
      lx = px * k * radial;
      ly = py * k * radial;
    }
    const t: f32 = f32(0.1) + f32(0.8) * load<f32>(tone + o) + load<f32>(detail + o) * f(F_DETAIL);
    let own: f32 = 0;
    let below: f32 = 0;
    for (let k = 0; k < TAPS; k++) {
      const there: f32 = tap(P_BAND, x, y, k, lx, ly) * count;
      own += clamp01((there - f32(id + 1)) * f(F_SHADOW));
      below += clamp01((there - f32(id)) * f(F_SHADOW));
    }
    const facing: f32 = -(gx * lx + gy * ly) / g;
    const lip: f32 = max<f32>(f32(1) - low * f(F_EDGE), 0);
    const crease: f32 = max<f32>(f32(1) - high * f(F_EDGE) * f32(0.2), 0);
    const fibre: f32 = (valueNoise(px * f(F_NOISE), py * f(F_NOISE) * f32(0.62), seed) +
      valueNoise(px * f(F_NOISE) * f32(2.3), py * f(F_NOISE) * f32(2.9), seed + id * 7 + 1) - f32(1)) * f(F_TEXTURE);
    const top: f32 = (f(F_AMBIENT) + fibre + facing * lip * f32(0.22)) *
      (f32(1) - own * f32(0.15)) * (f32(1) - crease * crease * f32(0.22));
    let c = scale(sheet(id, t), top);
    if (low < f32(0.5) && id > 0) {
      const base: f32 = (f(F_AMBIENT) + fibre) * (f32(1) - below * f32(0.15)) * f32(0.78);
      c = mix(scale(sheet(id - 1, t), base), c, low + f32(0.5));
    } else if (high < f32(0.5) && id < bands - 1) {
      const lit: f32 = f(F_AMBIENT) + fibre + facing * f32(0.22);
      c = mix(scale(sheet(id + 1, t), lit), c, high + f32(0.5));
    }
    c = scale(c, f(F_EXPOSURE));
    const a = <usize>n(I_ACC) + (<usize>(x / ss) << 4);
    v128.store(a, f32x4.add(v128.load(a), shoulder(c)));
  }
}
