/*
 * Host arithmetic that gives the same bits in every JavaScript engine: only + - * / sqrt floor abs min max,
 * which IEEE 754 and ECMAScript fix exactly. Math.sin, cos, exp, pow, log, cbrt, tanh and hypot may differ by
 * engine and must not be used anywhere in this folder.
 */

/** sin(2*pi*turns) in doubles; error below 1e-8. */
export function sinTurns(turns: number): number {
  const t = turns - Math.floor(turns + 0.5);
  const folded = t > 0.25 ? 0.5 - t : t < -0.25 ? -0.5 - t : t;
  const x = folded * 6.283185307179586;
  const s = x * x;
  return x * (1 + s * (-1 / 6 + s * (1 / 120 + s * (-1 / 5040 + s * (1 / 362880 + s * (-1 / 39916800))))));
}

/** cos(2*pi*turns). */
export function cosTurns(turns: number): number {
  return sinTurns(turns + 0.25);
}

/** Cube root of a number >= 0 by Newton's method with a fixed number of steps. */
export function cubeRoot(v: number): number {
  if (v <= 0) return 0;
  let x = v < 1 ? Math.sqrt(Math.sqrt(v)) : Math.sqrt(v);
  for (let i = 0; i < 24; i++) x = (2 * x + v / (x * x)) / 3;
  return x;
}

/** Fifth root of a number in [0, 1], fixed number of Newton steps. */
function fifthRoot(v: number): number {
  if (v <= 0) return 0;
  let x = Math.sqrt(Math.sqrt(v));
  for (let i = 0; i < 24; i++) {
    const x2 = x * x;
    x = (4 * x + v / (x2 * x2)) / 5;
  }
  return x;
}

/** IEC 61966-2-1 decoding of an encoded value in [0, 1]: u^2.4 as (u^12)^(1/5). */
export function srgbToLinear(encoded: number): number {
  if (encoded <= 0.04045) return encoded / 12.92;
  const u = (encoded + 0.055) / 1.055;
  const root = fifthRoot(u * u);
  return u * u * root;
}

/** IEC 61966-2-1 encoding of a linear value in [0, 1]: x^(1/2.4) as sqrt(sqrt(cbrt(x^5))). */
export function linearToSrgb(linear: number): number {
  if (linear <= 0.0031308) return linear * 12.92;
  const x2 = linear * linear;
  return 1.055 * Math.sqrt(Math.sqrt(cubeRoot(x2 * x2 * linear))) - 0.055;
}

export function clamp(v: number, low: number, high: number): number {
  return Math.min(Math.max(v, low), high);
}

export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
