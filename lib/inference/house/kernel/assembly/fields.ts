import {
  ACT_BUMP, ACT_RIDGE, ACT_SIN, CFGI, EQ_BAND, EQ_STEPS, EQ_TONE, F_BEVEL, F_BEVEL_K, F_BLOOM, F_BLOOM_R, F_DOUBLE_R, F_FOLD_NX, F_FOLD_NY,
  F_HALF_NX, F_HALF_NY, F_HEAD, F_M00, F_M01, F_M10, F_M11, F_OX, F_OY, F_PLEAT, F_PLEAT_BEND, F_PLEAT_FREQ, F_RADIUS, F_SOFT,
  F_STEP, F_TX, F_TY, FLOW, HEADS, HIDDEN, I_ACTS, I_CAP, I_FLOW_HALF, I_FLOW_STEPS, I_FLOW_UNITS, I_FOLD,
  I_FOLD_TURNS, I_PAD, I_RAW, I_RING, I_STRIDE, INPUTS, NET, P_BAND, P_DETAIL, P_DRIFT, P_HEIGHT, P_MASK, P_TONE,
  PLANES, SCRATCH, UNIT_CELLS,
} from '../layout';
import { f, n } from './cells';
import { clamp01, sinTurns, sinTurns1, smooth } from './maths';

/** Two activation buffers of HIDDEN neurons times eight samples, then the head buffer. */
const BUFFER_BYTES = HIDDEN * 32;

@inline
function softAbs(v: v128, eps: v128): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(v, v), eps));
}

let foldX: v128 = f32x4.splat(0);
let foldY: v128 = f32x4.splat(0);

/** Folds the plane into one wedge of the dihedral group; the first mirror is the vertical axis. */
function fold(x: v128, y: v128): void {
  const zero = f32x4.splat(0);
  const nx = f32x4.splat(f(F_FOLD_NX));
  const ny = f32x4.splat(f(F_FOLD_NY));
  const r2 = f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
  let a = f32x4.abs(x);
  let b = f32x4.neg(y);
  const turns = n(I_FOLD_TURNS);
  for (let i = 0; i < turns; i++) {
    let d = f32x4.add(f32x4.mul(a, nx), f32x4.mul(b, ny));
    d = f32x4.min(d, zero);
    d = f32x4.add(d, d);
    a = f32x4.abs(f32x4.sub(a, f32x4.mul(d, nx)));
    b = f32x4.sub(b, f32x4.mul(d, ny));
  }
  const hx = f32x4.splat(f(F_HALF_NX));
  const hy = f32x4.splat(f(F_HALF_NY));
  const limit = f(F_DOUBLE_R);
  const outer = f32x4.gt(r2, f32x4.splat(limit * limit));
  let d = f32x4.min(f32x4.add(f32x4.mul(a, hx), f32x4.mul(b, hy)), zero);
  d = v128.and(f32x4.add(d, d), outer);
  a = f32x4.sub(a, f32x4.mul(d, hx));
  b = f32x4.sub(b, f32x4.mul(d, hy));
  const eps = f32x4.splat(f(F_SOFT));
  const mx = v128.bitselect(hx, nx, outer);
  const my = v128.bitselect(hy, ny, outer);
  d = f32x4.add(f32x4.mul(a, mx), f32x4.mul(b, my));
  d = f32x4.sub(softAbs(d, eps), d);
  a = softAbs(a, eps);
  const bloom = f32x4.div(f32x4.splat(f(F_BLOOM)), f32x4.add(f32x4.sqrt(r2), f32x4.splat(f(F_BLOOM_R))));
  foldX = f32x4.mul(f32x4.add(a, f32x4.mul(d, mx)), bloom);
  foldY = f32x4.mul(f32x4.add(b, f32x4.mul(d, my)), bloom);
}

/** View transform, neural flow and the eight network inputs of four samples, written at `out` (lane stride 32). */
function inputs(x: v128, y: v128, out: usize): void {
  if (n(I_FOLD) > 1) {
    fold(x, y);
    x = foldX;
    y = foldY;
  }
  let px = f32x4.add(
    f32x4.add(f32x4.mul(x, f32x4.splat(f(F_M00))), f32x4.mul(y, f32x4.splat(f(F_M01)))), f32x4.splat(f(F_TX)));
  let py = f32x4.add(
    f32x4.add(f32x4.mul(x, f32x4.splat(f(F_M10))), f32x4.mul(y, f32x4.splat(f(F_M11)))), f32x4.splat(f(F_TY)));
  const sx = px;
  const sy = py;
  let hx = px;
  let hy = py;
  const steps = n(I_FLOW_STEPS);
  const units = n(I_FLOW_UNITS);
  const half = n(I_FLOW_HALF);
  let u: usize = FLOW;
  for (let s = 0; s < steps; s++) {
    let dx = f32x4.splat(0);
    let dy = f32x4.splat(0);
    for (let j = 0; j < units; j++) {
      const t = f32x4.add(
        f32x4.add(f32x4.mul(px, v128.load32_splat(u)), f32x4.mul(py, v128.load32_splat(u, 4))),
        v128.load32_splat(u, 8));
      const w = sinTurns(t);
      dx = f32x4.add(dx, f32x4.mul(w, v128.load32_splat(u, 12)));
      dy = f32x4.add(dy, f32x4.mul(w, v128.load32_splat(u, 16)));
      u += UNIT_CELLS * 4;
    }
    px = f32x4.add(px, dx);
    py = f32x4.add(py, dy);
    if (s == half) {
      hx = px;
      hy = py;
    }
  }
  const ex = f32x4.sub(px, sx);
  const ey = f32x4.sub(py, sy);
  v128.store(out, sx);
  v128.store(out, sy, 32);
  v128.store(out, hx, 64);
  v128.store(out, hy, 96);
  v128.store(out, px, 128);
  v128.store(out, py, 160);
  // The added constant rounds the tip of the cone, which relief would show as a dimple.
  const tip = f32x4.splat(0.03);
  const r2 = f32x4.mul(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)), f32x4.splat(f(F_RADIUS)));
  v128.store(out, f32x4.sqrt(f32x4.add(r2, tip)), 192);
  v128.store(out, f32x4.sqrt(f32x4.add(f32x4.add(f32x4.mul(ex, ex), f32x4.mul(ey, ey)), tip)), 224);
}

@inline
function activate(v: v128, kind: i32): v128 {
  const one = f32x4.splat(1);
  if (kind == ACT_SIN) return sinTurns(v);
  if (kind == ACT_BUMP) return f32x4.div(one, f32x4.add(one, f32x4.mul(v, v)));
  if (kind == ACT_RIDGE) {
    const w = f32x4.abs(sinTurns(v));
    return f32x4.sub(one, f32x4.add(w, w));
  }
  const c = f32x4.max(f32x4.min(v, f32x4.splat(3)), f32x4.splat(-3));
  const s = f32x4.mul(c, c);
  return f32x4.div(
    f32x4.mul(c, f32x4.add(s, f32x4.splat(27))),
    f32x4.add(f32x4.mul(s, f32x4.splat(9)), f32x4.splat(27)));
}

/** One dense layer for eight samples: four neurons at a time, inputs in order, bias first. */
function dense(w: usize, count: i32, src: usize, dst: usize, acts: usize): usize {
  for (let o = 0; o < HIDDEN; o += 4) {
    const r0 = w;
    const r1 = r0 + ((count + 1) << 2);
    const r2 = r1 + ((count + 1) << 2);
    const r3 = r2 + ((count + 1) << 2);
    let a0 = v128.load32_splat(r0);
    let a1 = v128.load32_splat(r1);
    let a2 = v128.load32_splat(r2);
    let a3 = v128.load32_splat(r3);
    let b0 = a0;
    let b1 = a1;
    let b2 = a2;
    let b3 = a3;
    for (let i = 0; i < count; i++) {
      const x = v128.load(src + (i << 5));
      const y = v128.load(src + (i << 5), 16);
      const at = (i << 2) + 4;
      let k = v128.load32_splat(r0 + at);
      a0 = f32x4.add(a0, f32x4.mul(k, x));
      b0 = f32x4.add(b0, f32x4.mul(k, y));
      k = v128.load32_splat(r1 + at);
      a1 = f32x4.add(a1, f32x4.mul(k, x));
      b1 = f32x4.add(b1, f32x4.mul(k, y));
      k = v128.load32_splat(r2 + at);
      a2 = f32x4.add(a2, f32x4.mul(k, x));
      b2 = f32x4.add(b2, f32x4.mul(k, y));
      k = v128.load32_splat(r3 + at);
      a3 = f32x4.add(a3, f32x4.mul(k, x));
      b3 = f32x4.add(b3, f32x4.mul(k, y));
    }
    const kind = load<i32>(acts);
    const d = dst + (o << 5);
    v128.store(d, activate(a0, kind));
    v128.store(d, activate(b0, kind), 16);
    v128.store(d, activate(a1, kind), 32);
    v128.store(d, activate(b1, kind), 48);
    v128.store(d, activate(a2, kind), 64);
    v128.store(d, activate(b2, kind), 80);
    v128.store(d, activate(a3, kind), 96);
    v128.store(d, activate(b3, kind), 112);
    acts += 4;
    w += (count + 1) << 4;
  }
  return w;
}

/** Linear heads, then normalised by the scale and bias that the pre-pass found. */
function heads(w: usize, src: usize, dst: usize): void {
  for (let o = 0; o < HEADS; o++) {
    let a = v128.load32_splat(w);
    let b = a;
    for (let i = 0; i < HIDDEN; i++) {
      const k = v128.load32_splat(w + (i << 2), 4);
      a = f32x4.add(a, f32x4.mul(k, v128.load(src + (i << 5))));
      b = f32x4.add(b, f32x4.mul(k, v128.load(src + (i << 5), 16)));
    }
    const s = f32x4.splat(f(F_HEAD + (o << 1)));
    const t = f32x4.splat(f(F_HEAD + (o << 1) + 1));
    v128.store(dst + (o << 5), f32x4.add(f32x4.mul(a, s), t));
    v128.store(dst + (o << 5), f32x4.add(f32x4.mul(b, s), t), 16);
    w += (HIDDEN + 1) << 2;
  }
}

/** Piecewise linear table of EQ_STEPS + 1 knots over [0, 1]. */
@inline
function equalise(table: usize, v: f32): f32 {
  const at: f32 = clamp01(v) * f32(EQ_STEPS);
  const i = min<i32>(i32(at), EQ_STEPS - 1);
  const a = load<f32>(table + (i << 2));
  const b = load<f32>(table + (i << 2), 4);
  return a + (b - a) * (at - f32(i));
}

/** Composite height of one sample: relief, pleats along the band field, and the rounded lip of the overlay. */
@inline
function compose(height: f32, band: f32, mask: f32, detail: f32): f32 {
  const gather = smooth(f32(0.5) + detail);
  const pleat = sinTurns1(band * f(F_PLEAT_FREQ) + detail * f(F_PLEAT_BEND)) * f(F_PLEAT) * gather;
  const d = clamp01(mask * f(F_BEVEL_K));
  const lip = d * (f32(2) - d) * f(F_BEVEL);
  return height + pleat * (f32(1) - f32(0.75) * d) + lip;
}

/** Computes field row `y` (samples -pad .. cols+pad) into the ring. */
export function fieldRow(y: i32): void {
  const stride = n(I_STRIDE);
  const raw = n(I_RAW) != 0;
  const cap = n(I_CAP);
  const plane = <usize>stride << 2;
  let slot = y % cap;
  if (slot < 0) slot += cap;
  let out = <usize>n(I_RING) + <usize>slot * plane * PLANES;
  const bufA: usize = SCRATCH;
  const bufB: usize = SCRATCH + BUFFER_BYTES;
  const step = f32x4.splat(f(F_STEP));
  const ox = f32x4.splat(f(F_OX));
  const py = f32x4.splat(f32(y) * f(F_STEP) + f(F_OY));
  const lanes = f32x4(0, 1, 2, 3);
  const acts: usize = CFGI + (I_ACTS << 2);
  for (let c = 0; c < stride; c += 8) {
    const x0 = f32x4.add(f32x4.splat(f32(c - n(I_PAD))), lanes);
    const x1 = f32x4.add(x0, f32x4.splat(4));
    inputs(f32x4.add(f32x4.mul(x0, step), ox), py, bufA);
    inputs(f32x4.add(f32x4.mul(x1, step), ox), py, bufA + 16);
    let w = dense(NET, INPUTS, bufA, bufB, acts);
    w = dense(w, HIDDEN, bufB, bufA, acts + 24);
    w = dense(w, HIDDEN, bufA, bufB, acts + 48);
    heads(w, bufB, bufA);
    for (let i = 0; i < 8; i++) {
      const src = bufA + (i << 2);
      let height = load<f32>(src);
      let tone = load<f32>(src, 32);
      let band = load<f32>(src, 64);
      const mask = load<f32>(src, 96);
      const detail = load<f32>(src, 128);
      if (!raw) {
        tone = equalise(EQ_TONE, tone);
        band = equalise(EQ_BAND, band);
        height = compose(height, band, mask, detail);
      }
      store<f32>(out + plane * P_HEIGHT, height);
      store<f32>(out + plane * P_TONE, tone);
      store<f32>(out + plane * P_BAND, band);
      store<f32>(out + plane * P_MASK, mask);
      store<f32>(out + plane * P_DETAIL, detail);
      store<f32>(out + plane * P_DRIFT, load<f32>(src, 160));
      out += 4;
    }
  }
}
