import {
  BAND_STEPS,
  BAND_TABLE,
  CFG,
  F_AMBIENT,
  F_BANDS,
  F_DETAIL,
  F_DISC,
  F_EXPOSURE,
  F_GLOW,
  F_GLOW_RGB,
  F_INV2S,
  F_LEAD,
  F_METAL,
  F_NOISE,
  F_OX,
  F_OY,
  F_PX,
  F_RIM,
  F_RING_R,
  F_RING_SHIFT,
  F_RING_TONE,
  F_STEP,
  F_TEXTURE,
  F_WALL,
  I_ACC,
  I_BANDS,
  I_COLS,
  I_NOISE_SEED,
  I_RINGS,
  I_SS,
  LUT_B,
  P_BAND,
  P_DETAIL,
  P_MASK,
  P_TONE,
} from '../layout';
import { clamp01, type Memory, mix, R, shoulder, valueNoise } from './arithmetic';

interface Sample {
  px: number;
  py: number;
  r: number;
  x: number;
  y: number;
  /** Band field in panes, its slope and the length of that. */
  field: number;
  gx: number;
  gy: number;
  g: number;
}

const colour = new Float32Array(4);

/** colour[c] = of(c) for every lane. */
function fill(of: (lane: number) => number): void {
  for (let c = 0; c < 4; c++) colour[c] = of(c);
}

function cell(m: Memory, index: number): number {
  return m.f32[(CFG >> 2) + index] ?? 0;
}

function carving(m: Memory, { px, py, r, field, gx, gy, g }: Sample): number {
  const course = Math.trunc(field);
  const along = R(field - course);
  const lead = m.f(F_LEAD);
  const away = R(Math.min(along, R(1 - along)) / g);
  const facing = R(R(R(gx * px) + R(gy * py)) / R(g * r));
  const groove = clamp01(R(R(R(R(lead * R(0.7)) - away) * m.f(F_PX)) + 0.5));
  const slant = Math.max(R(1 - R(away / R(lead * R(3.5)))), 0);
  const bevel = R(slant * (along < 0.5 ? -facing : facing));
  const relief = R(1 + R(R(0.6) * bevel));
  return R(R(relief * R(1 - R(R(0.55) * groove))) * R(R(0.8) + R(R(0.13) * (course & 3))));
}

function wall(m: Memory, sample: Sample): void {
  const { px, py, r } = sample;
  const seed = m.n(I_NOISE_SEED);
  const far = R(R(r - m.f(F_DISC)) * m.f(F_GLOW));
  const glow = R(1 / R(1 + R(far * far)));
  const coat = (share: number, rate: number, at: number) => R(R(share) * valueNoise(R(px * rate), R(py * rate), at));
  const rough = R(R(R(R(0.74) + coat(0.3, 7, seed)) + coat(0.14, 31, (seed + 5) | 0)) + coat(0.12, 140, (seed + 6) | 0));
  const stone = R(rough * carving(m, sample));
  const edge = clamp01(R(R(R(r - m.f(F_DISC)) - m.f(F_RIM)) * 14));
  const fade = R(R(0.35) + R(R(0.65) * edge));
  fill((c) => R(R(R(cell(m, F_WALL + c) + R(cell(m, F_GLOW_RGB + c) * R(glow * glow))) * stone) * fade));
}

function rim(m: Memory, { px, py, r }: Sample): void {
  const u = Math.abs(R(R(R(R(r - m.f(F_DISC)) / m.f(F_RIM)) * 2) - 1));
  const stone = R(R(0.8) + R(R(0.4) * valueNoise(R(px * 40), R(py * 40), (m.n(I_NOISE_SEED) + 9) | 0)));
  const k = R(R(R(R(1 - R(u * u)) * R(0.9)) * stone) + R(0.1));
  fill((c) => R(cell(m, F_METAL + c) * k));
}

/** Lays metal of half width w over the colour, where the sample is d from its middle. */
function lay(m: Memory, d: number, w: number, cover: number): void {
  const u = Math.min(R(d / w), 1);
  const crest = R(1 - R(u * u));
  const k = R(R(0.1) + R(R(R(R(0.9) * crest) * crest) * crest));
  fill((c) => mix(colour[c] ?? 0, R(cell(m, F_METAL + c) * k), cover));
}

function glass(m: Memory, { px, py, r, x, y, field, g }: Sample): void {
  const v = (index: number) => m.f32[index] ?? 0;
  let ring = 0;
  let d = R(m.f(F_DISC) - r);
  let shift = 0;
  let toneShift = 0;
  for (let k = 0; k < m.n(I_RINGS); k++) {
    const at = m.f(F_RING_R + k);
    d = Math.min(d, Math.abs(R(r - at)));
    if (r <= at) continue;
    ring++;
    shift = m.f(F_RING_SHIFT + k);
    toneShift = m.f(F_RING_TONE + k);
  }
  const invPx = m.f(F_PX);
  const lead = m.f(F_LEAD);
  const mask = m.row(y, P_MASK) + x;
  const level = R(field + shift);
  const pane = Math.trunc(level);
  const part = R(level - pane);
  const over = v(mask);
  const seam = R(Math.abs(over) / slope(m, P_MASK, x, y, 1).g);
  const lineWidth = Math.min(R(lead * (over > 0 ? 0.5 : 1)), R(R(0.26) / g));
  const between = R(Math.min(part, R(1 - part)) / g);
  const near = Math.min(d, Math.min(between, seam));

  const rate = m.f(F_NOISE);
  const seed = m.n(I_NOISE_SEED);
  const clouds = R(valueNoise(R(px * rate), R(py * rate), seed) * R(0.6));
  const streaks = R(valueNoise(R(R(px * rate) * R(3.1)), R(R(py * rate) * R(0.45)), (seed + 3) | 0) * R(0.4));
  const grain = R(R(clouds + streaks) - 0.5);
  const tone = v(m.row(y, P_TONE) + x);
  const shade = clamp01(R(R(tone + toneShift) + R(v(m.row(y, P_DETAIL) + x) * m.f(F_DETAIL))));
  const step = Math.trunc(R(shade * (BAND_STEPS - 1)));
  const id = (pane + ring * 3) % m.n(I_BANDS);
  const from = over > 0 ? m.colour(LUT_B, R(R(0.3) + R(R(0.65) * shade))) : (BAND_TABLE >> 2) + (id * BAND_STEPS + step) * 4;
  const dim = R(near * 26);
  const inset = R(1 - R(R(0.42) / R(1 + R(dim * dim))));
  const sun = R(m.f(F_AMBIENT) + R(m.f(F_GLOW_RGB + 3) / R(1 + R(R(r * r) * 3))));
  const lit = R(R(R(sun * inset) * R(1 + R(grain * m.f(F_TEXTURE)))) * m.f(F_EXPOSURE));
  fill((c) => R(v(from + c) * lit));
  const cover = clamp01(R(R(R(lineWidth - between) * invPx) + 0.5));
  lay(m, between, lineWidth, R(cover * clamp01(R(R(lineWidth * invPx) * 2))));
  lay(m, seam, lead, clamp01(R(R(R(lead - seam) * invPx) + 0.5)));
  const ringWidth = R(lead * R(1.7));
  lay(m, d, ringWidth, clamp01(R(R(R(ringWidth - d) * invPx) + 0.5)));
}

/** Slope of a plane per picture unit, times `scale`. */
function slope(m: Memory, plane: number, x: number, y: number, scale: number): { gx: number; gy: number; g: number } {
  const v = (row: number, column: number) => m.f32[m.row(row, plane) + column] ?? 0;
  const inv2s = m.f(F_INV2S);
  const gx = R(R(R(v(y, x + 1) - v(y, x - 1)) * inv2s) * scale);
  const gy = R(R(R(v(y + 1, x) - v(y - 1, x)) * inv2s) * scale);
  return { gx, gy, g: R(R(Math.sqrt(R(R(gx * gx) + R(gy * gy)))) + R(0.0001)) };
}

export function vitrailRow(m: Memory, y: number): void {
  const disc = m.f(F_DISC);
  const edge = R(disc + m.f(F_RIM));
  const py = R(R(y * m.f(F_STEP)) + m.f(F_OY));
  for (let x = 0; x < m.n(I_COLS); x++) {
    const px = R(R(x * m.f(F_STEP)) + m.f(F_OX));
    const count = m.f(F_BANDS);
    const field = R((m.f32[m.row(y, P_BAND) + x] ?? 0) * count);
    const r = R(Math.sqrt(R(R(px * px) + R(py * py))));
    const sample = { px, py, r, x, y, field, ...slope(m, P_BAND, x, y, count) };
    if (sample.r > edge) wall(m, sample);
    else if (sample.r > disc) rim(m, sample);
    else glass(m, sample);
    const a = (m.n(I_ACC) >> 2) + Math.floor(x / m.n(I_SS)) * 4;
    for (let c = 0; c < 4; c++) m.f32[a + c] = R((m.f32[a + c] ?? 0) + shoulder(colour[c] ?? 0));
  }
}
