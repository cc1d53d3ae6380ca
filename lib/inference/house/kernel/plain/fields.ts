import {
  ACT_BUMP,
  ACT_RIDGE,
  ACT_SIN,
  EQ_BAND,
  EQ_STEPS,
  EQ_TONE,
  F_BEVEL,
  F_BEVEL_K,
  F_BLOOM,
  F_BLOOM_R,
  F_DOUBLE_R,
  F_FOLD_NX,
  F_FOLD_NY,
  F_HALF_NX,
  F_HALF_NY,
  F_HEAD,
  F_M00,
  F_M01,
  F_M10,
  F_M11,
  F_OX,
  F_OY,
  F_PLEAT,
  F_PLEAT_BEND,
  F_PLEAT_FREQ,
  F_RADIUS,
  F_SOFT,
  F_STEP,
  F_TX,
  F_TY,
  FLOW,
  HEADS,
  HIDDEN,
  I_ACTS,
  I_FLOW_HALF,
  I_FLOW_STEPS,
  I_FLOW_UNITS,
  I_FOLD,
  I_FOLD_TURNS,
  I_PAD,
  I_RAW,
  I_STRIDE,
  INPUTS,
  NET,
  P_BAND,
  P_DETAIL,
  P_DRIFT,
  P_HEIGHT,
  P_MASK,
  P_TONE,
  UNIT_CELLS,
} from '../layout';
import { clamp01, type Memory, R, sinTurns, smooth } from './arithmetic';

/** Distance to the line through the centre with normal (nx, ny). */
function side(a: number, b: number, nx: number, ny: number): number {
  return R(R(a * nx) + R(b * ny));
}

function softAbs(v: number, eps: number): number {
  return R(Math.sqrt(R(R(v * v) + eps)));
}

function fold(m: Memory, x: number, y: number): readonly [number, number] {
  const nx = m.f(F_FOLD_NX);
  const ny = m.f(F_FOLD_NY);
  let a = Math.abs(x);
  let b = -y;
  for (let i = m.n(I_FOLD_TURNS); i > 0; i--) {
    const d = Math.min(side(a, b, nx, ny), 0);
    const twice = R(d + d);
    a = Math.abs(R(a - R(twice * nx)));
    b = R(b - R(twice * ny));
  }
  const limit = m.f(F_DOUBLE_R);
  const r2 = R(R(x * x) + R(y * y));
  const outer = r2 > R(limit * limit);
  const mx = outer ? m.f(F_HALF_NX) : nx;
  const my = outer ? m.f(F_HALF_NY) : ny;
  if (outer) {
    const d = Math.min(side(a, b, mx, my), 0);
    const twice = R(d + d);
    a = R(a - R(twice * mx));
    b = R(b - R(twice * my));
  }
  const eps = m.f(F_SOFT);
  const d = side(a, b, mx, my);
  const push = R(softAbs(d, eps) - d);
  const bloom = R(m.f(F_BLOOM) / R(R(Math.sqrt(r2)) + m.f(F_BLOOM_R)));
  return [R(R(softAbs(a, eps) + R(push * mx)) * bloom), R(R(b + R(push * my)) * bloom)];
}

const TIP = R(0.03);
const input = new Float32Array(INPUTS);

function inputs(m: Memory, px: number, py: number): void {
  const [x, y] = m.n(I_FOLD) > 1 ? fold(m, px, py) : [px, py];
  const sx = R(R(R(x * m.f(F_M00)) + R(y * m.f(F_M01))) + m.f(F_TX));
  const sy = R(R(R(x * m.f(F_M10)) + R(y * m.f(F_M11))) + m.f(F_TY));
  let qx = sx;
  let qy = sy;
  input[2] = sx;
  input[3] = sy;
  let u = FLOW >> 2;
  for (let s = 0; s < m.n(I_FLOW_STEPS); s++) {
    let dx = 0;
    let dy = 0;
    for (let j = m.n(I_FLOW_UNITS); j > 0; j--) {
      const w = m.f32;
      const t = R(R(R(qx * (w[u] ?? 0)) + R(qy * (w[u + 1] ?? 0))) + (w[u + 2] ?? 0));
      const wave = sinTurns(t);
      dx = R(dx + R(wave * (w[u + 3] ?? 0)));
      dy = R(dy + R(wave * (w[u + 4] ?? 0)));
      u += UNIT_CELLS;
    }
    qx = R(qx + dx);
    qy = R(qy + dy);
    if (s === m.n(I_FLOW_HALF)) {
      input[2] = qx;
      input[3] = qy;
    }
  }
  const ex = R(qx - sx);
  const ey = R(qy - sy);
  input[0] = sx;
  input[1] = sy;
  input[4] = qx;
  input[5] = qy;
  input[6] = R(Math.sqrt(R(R(R(R(x * x) + R(y * y)) * m.f(F_RADIUS)) + TIP)));
  input[7] = R(Math.sqrt(R(R(R(ex * ex) + R(ey * ey)) + TIP)));
}

function activate(v: number, kind: number): number {
  if (kind === ACT_SIN) return sinTurns(v);
  if (kind === ACT_BUMP) return R(1 / R(1 + R(v * v)));
  if (kind === ACT_RIDGE) {
    const w = Math.abs(sinTurns(v));
    return R(1 - R(w + w));
  }
  const c = Math.max(Math.min(v, 3), -3);
  const s = R(c * c);
  return R(R(c * R(s + 27)) / R(R(s * 9) + 27));
}

/** Bias first, then the inputs in order. */
function neuron(m: Memory, at: number, count: number, source: Float32Array): number {
  let sum = m.f32[at] ?? 0;
  for (let i = 0; i < count; i++) sum = R(sum + R((m.f32[at + 1 + i] ?? 0) * (source[i] ?? 0)));
  return sum;
}

const hidden = [new Float32Array(HIDDEN), new Float32Array(HIDDEN), new Float32Array(HIDDEN)] as const;
const head = new Float32Array(HEADS);

function network(m: Memory): void {
  let at = NET >> 2;
  let source = input;
  hidden.forEach((layer, l) => {
    for (let o = 0; o < HIDDEN; o++) {
      layer[o] = activate(neuron(m, at, source.length, source), m.n(I_ACTS + l * (HIDDEN / 4) + (o >> 2)));
      at += source.length + 1;
    }
    source = layer;
  });
  for (let h = 0; h < HEADS; h++) {
    head[h] = R(R(neuron(m, at, HIDDEN, source) * m.f(F_HEAD + 2 * h)) + m.f(F_HEAD + 2 * h + 1));
    at += HIDDEN + 1;
  }
}

function equalise(m: Memory, table: number, v: number): number {
  const at = R(clamp01(v) * EQ_STEPS);
  const i = Math.min(Math.trunc(at), EQ_STEPS - 1);
  const a = m.at(table + i * 4);
  const b = m.at(table + i * 4 + 4);
  return R(a + R(R(b - a) * R(at - i)));
}

function compose(m: Memory, height: number, band: number, mask: number, detail: number): number {
  const gather = smooth(R(0.5 + detail));
  const turns = R(R(band * m.f(F_PLEAT_FREQ)) + R(detail * m.f(F_PLEAT_BEND)));
  const pleat = R(R(sinTurns(turns) * m.f(F_PLEAT)) * gather);
  const d = clamp01(R(mask * m.f(F_BEVEL_K)));
  const lip = R(R(d * R(2 - d)) * m.f(F_BEVEL));
  return R(R(height + R(pleat * R(1 - R(R(0.75) * d)))) + lip);
}

export function fieldRow(m: Memory, y: number): void {
  const pad = m.n(I_PAD);
  const stride = m.n(I_STRIDE);
  const raw = m.n(I_RAW) !== 0;
  const py = R(R(y * m.f(F_STEP)) + m.f(F_OY));
  const base = m.row(y, 0) - pad;
  for (let c = 0; c < stride; c++) {
    inputs(m, R(R((c - pad) * m.f(F_STEP)) + m.f(F_OX)), py);
    network(m);
    const [height = 0, tone = 0, band = 0, mask = 0, detail = 0, drift = 0] = head;
    const level = raw ? band : equalise(m, EQ_BAND, band);
    const out = base + c;
    m.f32[out + P_HEIGHT * stride] = raw ? height : compose(m, height, level, mask, detail);
    m.f32[out + P_TONE * stride] = raw ? tone : equalise(m, EQ_TONE, tone);
    m.f32[out + P_BAND * stride] = level;
    m.f32[out + P_MASK * stride] = mask;
    m.f32[out + P_DETAIL * stride] = detail;
    m.f32[out + P_DRIFT * stride] = drift;
  }
}
