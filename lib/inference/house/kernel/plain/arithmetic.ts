/*
 * The oracle: the same pictures by plain arithmetic, one sample at a time, every operation rounded to f32 by
 * Math.fround. It shares the memory image with the SIMD kernel and none of its code.
 */
import { CFG, CFGI, F_INV_LXY, F_RADIAL, F_TAP, I_CAP, I_PAD, I_RING, I_STRIDE, I_TAPS, LUT_SIZE, PLANES } from '../layout';

export const R = Math.fround;

/** The memory image and short names for its cells. */
export class Memory {
  f32 = new Float32Array(0);
  i32 = new Int32Array(0);

  grow(bytes: number): ArrayBuffer {
    const old = this.f32;
    const buffer = new ArrayBuffer(Math.ceil(bytes / 4) * 4);
    this.f32 = new Float32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f32.set(old.subarray(0, Math.min(old.length, this.f32.length)));
    return buffer;
  }

  /** f32 at a byte address. */
  at(address: number): number {
    return this.f32[address >> 2] ?? 0;
  }

  f(cell: number): number {
    return this.f32[(CFG >> 2) + cell] ?? 0;
  }

  n(cell: number): number {
    return this.i32[(CFGI >> 2) + cell] ?? 0;
  }

  /** f32 index of column 0 of a plane of field row y. */
  row(y: number, plane: number): number {
    const capacity = this.n(I_CAP);
    const slot = ((y % capacity) + capacity) % capacity;
    return (this.n(I_RING) >> 2) + (slot * PLANES + plane) * this.n(I_STRIDE) + this.n(I_PAD);
  }

  /** f32 index of a palette entry. */
  colour(table: number, t: number): number {
    const c = R(Math.min(Math.max(t, 0), 1) * (LUT_SIZE - 1));
    return (table >> 2) + Math.trunc(c) * 4;
  }

  tap(plane: number, x: number, y: number, k: number, lx: number, ly: number): number {
    let tx = this.n(I_TAPS + 2 * k);
    let ty = this.n(I_TAPS + 2 * k + 1);
    if (this.f(F_RADIAL) !== 0) {
      const d = R(this.f(F_TAP + k) * this.f(F_INV_LXY));
      tx = Math.floor(R(R(lx * d) + 0.5));
      ty = Math.floor(R(R(ly * d) + 0.5));
    }
    return this.f32[this.row(y + ty, plane) + x + tx] ?? 0;
  }
}

const Q3 = R(-32.740786);
const Q2 = R(66.284566);
const Q1 = R(-64.797236);
const Q0 = R(25.132282);

export function sinTurns(turns: number): number {
  const t = R(turns - Math.floor(R(turns + 0.5)));
  const s = R(t * t);
  let q = R(R(s * Q3) + Q2);
  q = R(R(q * s) + Q1);
  q = R(R(q * s) + Q0);
  return R(R(t * R(0.25 - s)) * q);
}

export function clamp01(v: number): number {
  return Math.min(Math.max(v, 0), 1);
}

export function smooth(v: number): number {
  const c = clamp01(v);
  return R(R(c * c) * R(3 - R(c + c)));
}

const TO_UNIT = R(0.000000059604645);

export function hash01(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x2c1b3c6d) ^ Math.imul(y, 0x297a2d39) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  h ^= h >>> 15;
  return R((h >>> 8) * TO_UNIT);
}

export function valueNoise(x: number, y: number, seed: number): number {
  const xi = Math.floor(x);
  const yi = Math.floor(y);
  const u = smooth(R(x - xi));
  const v = smooth(R(y - yi));
  const a = hash01(xi, yi, seed);
  const b = hash01(xi + 1, yi, seed);
  const c = hash01(xi, yi + 1, seed);
  const d = hash01(xi + 1, yi + 1, seed);
  const top = R(a + R(R(b - a) * u));
  const low = R(c + R(R(d - c) * u));
  return R(top + R(R(low - top) * v));
}

export function mix(a: number, b: number, k: number): number {
  return R(a + R(R(b - a) * k));
}

const KNEE = R(0.7);
const TO_SHOULDER = R(3.3333333);
const SHOULDER = R(0.3);

export function shoulder(c: number): number {
  const z = R(Math.max(R(c - KNEE), 0) * TO_SHOULDER);
  const high = R(R(z / R(z + 1)) * SHOULDER);
  return R(Math.max(Math.min(c, KNEE), 0) + high);
}
