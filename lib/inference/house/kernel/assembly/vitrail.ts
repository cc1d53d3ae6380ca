import {
  BAND_STEPS, BAND_TABLE, F_AMBIENT, F_BANDS, F_DETAIL, F_DISC, F_EXPOSURE, F_GLOW, F_GLOW_RGB, F_INV2S, F_LEAD, F_METAL,
  F_NOISE, F_OX, F_OY, F_PX, F_RIM, F_RING_R, F_RING_SHIFT, F_RING_TONE, F_STEP, F_TEXTURE, F_WALL, CFG, I_ACC,
  I_BANDS, I_COLS, I_NOISE_SEED, I_RINGS, I_SS, LUT_B, P_BAND, P_DETAIL, P_MASK, P_TONE,
} from '../layout';
import { f, n } from './cells';
import { clamp01, mix, scale, shoulder, valueNoise } from './maths';
import { lookUp, rowOf } from './ring';

@inline
function rgb(cell: i32): v128 {
  return v128.load(CFG + (cell << 2));
}

/** Masonry around the window, carved along the same field and lit by the light that falls through it. */
@inline
function wall(px: f32, py: f32, r: f32, seed: i32, carving: f32): v128 {
  const far: f32 = (r - f(F_DISC)) * f(F_GLOW);
  const glow: f32 = f32(1) / (f32(1) + far * far);
  const stone: f32 = f32(0.74) + f32(0.3) * valueNoise(px * f32(7), py * f32(7), seed) +
    f32(0.14) * valueNoise(px * f32(31), py * f32(31), seed + 5) +
    f32(0.12) * valueNoise(px * f32(140), py * f32(140), seed + 6);
  return scale(f32x4.add(rgb(F_WALL), scale(rgb(F_GLOW_RGB), glow * glow)), stone * carving);
}

/** Rounded metal of half width w at distance d: bright along its crest. */
@inline
function came(d: f32, w: f32): v128 {
  const u: f32 = min<f32>(d / w, 1);
  const crest: f32 = f32(1) - u * u;
  return scale(rgb(F_METAL), f32(0.1) + f32(0.9) * crest * crest * crest);
}

/** Rose window: panes by the band field, lead along every edge, rings, and a stone rim. */
export function vitrailRow(y: i32): void {
  const cols = n(I_COLS);
  const ss = n(I_SS);
  const bands = n(I_BANDS);
  const rings = n(I_RINGS);
  const seed = n(I_NOISE_SEED);
  const count = f(F_BANDS);
  const inv2s = f(F_INV2S);
  const invPx = f(F_PX);
  const disc = f(F_DISC);
  const rim = f(F_RIM);
  const band = rowOf(y, P_BAND);
  const bandUp = rowOf(y - 1, P_BAND);
  const bandDown = rowOf(y + 1, P_BAND);
  const mask = rowOf(y, P_MASK);
  const maskUp = rowOf(y - 1, P_MASK);
  const maskDown = rowOf(y + 1, P_MASK);
  const tone = rowOf(y, P_TONE);
  const detail = rowOf(y, P_DETAIL);
  const py: f32 = f32(y) * f(F_STEP) + f(F_OY);
  for (let x = 0; x < cols; x++) {
    const o = <usize>(x << 2);
    const px: f32 = f32(x) * f(F_STEP) + f(F_OX);
    const r = sqrt<f32>(px * px + py * py);
    const a = <usize>n(I_ACC) + (<usize>(x / ss) << 4);
    const field: f32 = load<f32>(band + o) * count;
    const gx: f32 = (load<f32>(band + o + 4) - load<f32>(band + o - 4)) * inv2s * count;
    const gy: f32 = (load<f32>(bandDown + o) - load<f32>(bandUp + o)) * inv2s * count;
    const g: f32 = sqrt<f32>(gx * gx + gy * gy) + f32(0.0001);
    let c: v128;
    if (r > disc + rim) {
      const course = i32(field);
      const along: f32 = field - f32(course);
      const away: f32 = min<f32>(along, f32(1) - along) / g;
      const facing: f32 = (gx * px + gy * py) / (g * r);
      const groove: f32 = clamp01((f(F_LEAD) * f32(0.7) - away) * invPx + f32(0.5));
      const bevel: f32 = max<f32>(f32(1) - away / (f(F_LEAD) * f32(3.5)), 0) * (along < f32(0.5) ? -facing : facing);
      const carving: f32 = (f32(1) + f32(0.6) * bevel) * (f32(1) - f32(0.55) * groove) * (f32(0.8) + f32(0.13) * f32(course & 3));
      c = wall(px, py, r, seed, carving);
      const edge: f32 = clamp01((r - disc - rim) * f32(14));
      c = scale(c, f32(0.35) + f32(0.65) * edge);
    } else if (r > disc) {
      const mid: f32 = (r - disc) / rim;
      const u: f32 = abs<f32>(mid * f32(2) - f32(1));
      const stone: f32 = f32(0.8) + f32(0.4) * valueNoise(px * f32(40), py * f32(40), seed + 9);
      c = scale(rgb(F_METAL), (f32(1) - u * u) * f32(0.9) * stone + f32(0.1));
    } else {
      let ring = 0;
      let d: f32 = disc - r;
      let shift: f32 = 0;
      let toneShift: f32 = 0;
      for (let k = 0; k < rings; k++) {
        const at = f(F_RING_R + k);
        d = min<f32>(d, abs<f32>(r - at));
        if (r > at) {
          ring++;
          shift = f(F_RING_SHIFT + k);
          toneShift = f(F_RING_TONE + k);
        }
      }
      const ringWidth: f32 = f(F_LEAD) * f32(1.7);
      const level: f32 = field + shift;
      const cell = i32(level);
      const part: f32 = level - f32(cell);
      const m = load<f32>(mask + o);
      const mx: f32 = (load<f32>(mask + o + 4) - load<f32>(mask + o - 4)) * inv2s;
      const my: f32 = (load<f32>(maskDown + o) - load<f32>(maskUp + o)) * inv2s;
      const mg: f32 = sqrt<f32>(mx * mx + my * my) + f32(0.0001);
      const seam: f32 = abs<f32>(m) / mg;
      // A pane narrower than the lead would drown in it: its lines thin out with it.
      const lineWidth: f32 = min<f32>(f(F_LEAD) * (m > 0 ? f32(0.5) : f32(1)), f32(0.26) / g);
      const between: f32 = min<f32>(part, f32(1) - part) / g;
      const e: f32 = min<f32>(between, seam);

      const t: f32 = load<f32>(tone + o);
      const grain: f32 = valueNoise(px * f(F_NOISE), py * f(F_NOISE), seed) * f32(0.6) +
        valueNoise(px * f(F_NOISE) * f32(3.1), py * f(F_NOISE) * f32(0.45), seed + 3) * f32(0.4) - f32(0.5);
      const shade: f32 = clamp01(t + toneShift + load<f32>(detail + o) * f(F_DETAIL));
      const step = i32(shade * f32(BAND_STEPS - 1));
      const id = (cell + ring * 3) % bands;
      const pane = v128.load(BAND_TABLE + ((id * BAND_STEPS + step) << 4));
      const jewel = lookUp(LUT_B, f32(0.3) + f32(0.65) * shade);
      const near: f32 = min<f32>(d, e);
      const dim: f32 = near * f32(26);
      const inset: f32 = f32(1) - f32(0.42) / (f32(1) + dim * dim);
      const sun: f32 = f(F_AMBIENT) + f(F_GLOW_RGB + 3) / (f32(1) + r * r * f32(3));
      const lit: f32 = sun * inset * (f32(1) + grain * f(F_TEXTURE)) * f(F_EXPOSURE);
      c = scale(m > 0 ? jewel : pane, lit);
      const line: f32 = clamp01((lineWidth - between) * invPx + f32(0.5)) * clamp01(lineWidth * invPx * f32(2));
      c = mix(c, came(between, lineWidth), line);
      c = mix(c, came(seam, f(F_LEAD)), clamp01((f(F_LEAD) - seam) * invPx + f32(0.5)));
      c = mix(c, came(d, ringWidth), clamp01((ringWidth - d) * invPx + f32(0.5)));
    }
    v128.store(a, f32x4.add(v128.load(a), shoulder(c)));
  }
}
