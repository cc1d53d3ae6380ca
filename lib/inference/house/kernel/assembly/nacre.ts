import {
  F_AMBIENT, F_AO, F_DETAIL, F_DIFFUSE, F_EXPOSURE, F_HRADIAL, F_HX, F_HY, F_HZ, F_INV2S, F_IRID, F_LX, F_LY, F_LZ, F_MIX,
  F_OX, F_OY, F_RADIAL, F_SHADOW, F_SHEEN, F_SPEC, F_STEP, F_STRIP_C, F_STRIP_W, I_ACC, I_AO_REACH, I_COLS, I_SS, LUT_A,
  LUT_B, P_DETAIL, P_DRIFT, P_HEIGHT, P_MASK, P_TONE, TAPS,
} from '../layout';
import { f, n } from './cells';
import { clamp01, mix, scale, shoulder, smooth } from './maths';
import { lookUp, rowOf, tap } from './ring';

/** Liquid silk: relief under a key light and a strip light, with an overlay of a second material. */
export function nacreRow(y: i32): void {
  const cols = n(I_COLS);
  const ss = n(I_SS);
  const reach = n(I_AO_REACH);
  const here = rowOf(y, P_HEIGHT);
  const up = rowOf(y - 1, P_HEIGHT);
  const down = rowOf(y + 1, P_HEIGHT);
  const farUp = rowOf(y - reach, P_HEIGHT);
  const farDown = rowOf(y + reach, P_HEIGHT);
  const tone = rowOf(y, P_TONE);
  const mask = rowOf(y, P_MASK);
  const maskUp = rowOf(y - 1, P_MASK);
  const maskDown = rowOf(y + 1, P_MASK);
  const detail = rowOf(y, P_DETAIL);
  const drift = rowOf(y, P_DRIFT);
  const inv2s = f(F_INV2S);
  const radial = f(F_RADIAL);
  const py: f32 = f32(y) * f(F_STEP) + f(F_OY);
  const white = f32x4.splat(1);
  for (let x = 0; x < cols; x++) {
    const o = <usize>(x << 2);
    const h = load<f32>(here + o);
    const gx: f32 = (load<f32>(here + o + 4) - load<f32>(here + o - 4)) * inv2s;
    const gy: f32 = (load<f32>(down + o) - load<f32>(up + o)) * inv2s;
    // Where the slope turns within a sample, a highlight is thinner than a pixel: fade it instead of dotting it.
    const bend: f32 = (abs<f32>(load<f32>(here + o + 4) + load<f32>(here + o - 4) - h - h) +
      abs<f32>(load<f32>(down + o) + load<f32>(up + o) - h - h)) * inv2s;
    const calm: f32 = f32(1) / (f32(1) + bend * bend * f32(18));
    const nz: f32 = f32(1) / sqrt<f32>(gx * gx + gy * gy + f32(1));
    const nx: f32 = -gx * nz;
    const ny: f32 = -gy * nz;
    let lx = f(F_LX);
    let ly = f(F_LY);
    let hx = f(F_HX);
    let hy = f(F_HY);
    if (radial != 0) {
      const px: f32 = f32(x) * f(F_STEP) + f(F_OX);
      const k: f32 = f32(1) / sqrt<f32>(px * px + py * py + f32(0.01));
      lx = px * k * radial;
      ly = py * k * radial;
      hx = px * k * f(F_HRADIAL);
      hy = py * k * f(F_HRADIAL);
    }
    const diffuse = max<f32>(nx * lx + ny * ly + nz * f(F_LZ), 0);
    let s = max<f32>(nx * hx + ny * hy + nz * f(F_HZ), 0);
    s = s * s;
    s = s * s;
    s = s * s;
    const broad: f32 = s * s;
    s = broad * broad;
    s = s * s;
    const tight: f32 = s * s;
    const e: f32 = (nx * lx + ny * ly) * nz * f32(2);
    const w1: f32 = (e - f(F_STRIP_C)) * f(F_STRIP_W);
    let strip = max<f32>(f32(1) - w1 * w1, 0);
    strip = strip * strip;
    const w2: f32 = (e + f32(0.62)) * f32(2.6);
    let rim = max<f32>(f32(1) - w2 * w2, 0);
    rim = rim * rim;
    const around: f32 = load<f32>(farUp + o) + load<f32>(farDown + o) +
      load<f32>(here + o - (reach << 2)) + load<f32>(here + o + (reach << 2));
    const ao: f32 = f32(1) - min<f32>(max<f32>((around - h * f32(4)) * f(F_AO), f32(-0.25)), f32(0.6));

    const m = load<f32>(mask + o);
    const mx: f32 = load<f32>(mask + o + 4) - load<f32>(mask + o - 4);
    const my: f32 = load<f32>(maskDown + o) - load<f32>(maskUp + o);
    const mg: f32 = sqrt<f32>(mx * mx + my * my) * f32(0.5) + f32(0.000001);
    const cover = clamp01(m / mg + f32(0.5));
    let shade: f32 = 0;
    for (let k = 0; k < TAPS; k++) {
      shade += smooth(tap(P_MASK, x, y, k, lx, ly) * f(F_SHADOW));
    }
    shade = f32(1) - shade * f32(0.13) * (f32(1) - cover);

    const t: f32 = load<f32>(tone + o) + f(F_IRID) * (f32(1) - nz) + load<f32>(detail + o) * f(F_DETAIL);
    const shift = smooth(load<f32>(drift + o)) * f(F_MIX);
    const under = mix(lookUp(LUT_A, t), lookUp(LUT_B, t), shift);
    const over = lookUp(LUT_B, f32(0.25) + f32(0.75) * t);
    const body = mix(under, over, cover);
    const light: f32 = (f(F_AMBIENT) + diffuse * f(F_DIFFUSE) * shade) * ao * f(F_EXPOSURE);
    const gleam: f32 = (broad * f(F_SHEEN) + tight * f(F_SPEC) * calm + strip * f(F_SHEEN)) * shade * ao * calm;
    let c = scale(body, light);
    c = f32x4.add(c, scale(mix(white, body, 0.35), gleam));
    c = f32x4.add(c, scale(lookUp(LUT_B, 0.8), rim * f(F_SHEEN) * f32(0.7) * ao * calm));
    const a = <usize>n(I_ACC) + (<usize>(x / ss) << 4);
    v128.store(a, f32x4.add(v128.load(a), shoulder(c)));
  }
}
