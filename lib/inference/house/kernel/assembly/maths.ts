/** sin(2*pi*t) for every lane: range reduction by floor, then t(1/4-s)Q(s) with s = t*t. Error below 8e-6. */
@inline
export function sinTurns(turns: v128): v128 {
  const t = f32x4.sub(turns, f32x4.floor(f32x4.add(turns, f32x4.splat(0.5))));
  const s = f32x4.mul(t, t);
  let q = f32x4.add(f32x4.mul(s, f32x4.splat(-32.740786)), f32x4.splat(66.284566));
  q = f32x4.add(f32x4.mul(q, s), f32x4.splat(-64.797236));
  q = f32x4.add(f32x4.mul(q, s), f32x4.splat(25.132282));
  return f32x4.mul(f32x4.mul(t, f32x4.sub(f32x4.splat(0.25), s)), q);
}

/** Scalar twin of sinTurns, the same operations in the same order. */
@inline
export function sinTurns1(turns: f32): f32 {
  const t: f32 = turns - floor<f32>(turns + 0.5);
  const s: f32 = t * t;
  let q: f32 = s * f32(-32.740786) + f32(66.284566);
  q = q * s + f32(-64.797236);
  q = q * s + f32(25.132282);
  return t * (f32(0.25) - s) * q;
}

@inline
export function clamp01(v: f32): f32 {
  return min<f32>(max<f32>(v, 0), 1);
}

@inline
export function smooth(v: f32): f32 {
  const c = clamp01(v);
  return c * c * (f32(3) - (c + c));
}

/** Integer hash to [0, 1): 24 bits. */
@inline
export function hash01(x: i32, y: i32, seed: i32): f32 {
  let h: i32 = (x * 0x2c1b3c6d) ^ (y * 0x297a2d39) ^ seed;
  h = (h ^ (h >>> 15)) * 0x2c1b3c6d;
  h = (h ^ (h >>> 12)) * 0x297a2d39;
  h = h ^ (h >>> 15);
  return f32(h >>> 8) * f32(0.000000059604645);
}

/** Smooth value noise in [0, 1) on the integer lattice. */
export function valueNoise(x: f32, y: f32, seed: i32): f32 {
  const fx = floor<f32>(x);
  const fy = floor<f32>(y);
  const xi = i32(fx);
  const yi = i32(fy);
  const u = smooth(x - fx);
  const v = smooth(y - fy);
  const a = hash01(xi, yi, seed);
  const b = hash01(xi + 1, yi, seed);
  const c = hash01(xi, yi + 1, seed);
  const d = hash01(xi + 1, yi + 1, seed);
  const top: f32 = a + (b - a) * u;
  const low: f32 = c + (d - c) * u;
  return top + (low - top) * v;
}

/** Colour mix, lane by lane. */
@inline
export function mix(a: v128, b: v128, k: f32): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.sub(b, a), f32x4.splat(k)));
}

/** Colour times scalar. */
@inline
export function scale(a: v128, k: f32): v128 {
  return f32x4.mul(a, f32x4.splat(k));
}

/** Soft highlight shoulder: untouched below 0.7, reaches 1 only at infinity. */
@inline
export function shoulder(c: v128): v128 {
  const z = f32x4.mul(f32x4.max(f32x4.sub(c, f32x4.splat(0.7)), f32x4.splat(0)), f32x4.splat(3.3333333));
  const high = f32x4.mul(f32x4.div(z, f32x4.add(z, f32x4.splat(1))), f32x4.splat(0.3));
  return f32x4.add(f32x4.max(f32x4.min(c, f32x4.splat(0.7)), f32x4.splat(0)), high);
}
