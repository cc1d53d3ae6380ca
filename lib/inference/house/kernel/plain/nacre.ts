import {
  F_AMBIENT,
  F_AO,
  F_DETAIL,
  F_DIFFUSE,
  F_EXPOSURE,
  F_HRADIAL,
  F_HX,
  F_HY,
  F_HZ,
  F_INV2S,
  F_IRID,
  F_LX,
  F_LY,
  F_LZ,
  F_MIX,
  F_OX,
  F_OY,
  F_RADIAL,
  F_SHADOW,
  F_SHEEN,
  F_SPEC,
  F_STEP,
  F_STRIP_C,
  F_STRIP_W,
  I_ACC,
  I_AO_REACH,
  I_COLS,
  I_SS,
  LUT_A,
  LUT_B,
  P_DETAIL,
  P_DRIFT,
  P_HEIGHT,
  P_MASK,
  P_TONE,
  TAPS,
} from '../layout';
import { clamp01, type Memory, mix, R, shoulder, smooth } from './arithmetic';

/** A window of one at its middle, zero a width away, squared. */
function window(offset: number, width: number): number {
  const w = R(offset * width);
  const v = Math.max(R(1 - R(w * w)), 0);
  return R(v * v);
}

function dot(ax: number, ay: number, az: number, bx: number, by: number, bz: number): number {
  return R(R(R(ax * bx) + R(ay * by)) + R(az * bz));
}

export function nacreRow(m: Memory, y: number): void {
  const v = (index: number) => m.f32[index] ?? 0;
  const reach = m.n(I_AO_REACH);
  const here = m.row(y, P_HEIGHT);
  const up = m.row(y - 1, P_HEIGHT);
  const down = m.row(y + 1, P_HEIGHT);
  const farUp = m.row(y - reach, P_HEIGHT);
  const farDown = m.row(y + reach, P_HEIGHT);
  const mask = m.row(y, P_MASK);
  const maskUp = m.row(y - 1, P_MASK);
  const maskDown = m.row(y + 1, P_MASK);
  const inv2s = m.f(F_INV2S);
  const radial = m.f(F_RADIAL);
  const py = R(R(y * m.f(F_STEP)) + m.f(F_OY));
  for (let x = 0; x < m.n(I_COLS); x++) {
    const h = v(here + x);
    const left = v(here + x - 1);
    const right = v(here + x + 1);
    const above = v(up + x);
    const below = v(down + x);
    const gx = R(R(right - left) * inv2s);
    const gy = R(R(below - above) * inv2s);
    const bendX = Math.abs(R(R(R(right + left) - h) - h));
    const bendY = Math.abs(R(R(R(below + above) - h) - h));
    const bend = R(R(bendX + bendY) * inv2s);
    const calm = R(1 / R(1 + R(R(bend * bend) * 18)));
    const nz = R(1 / R(Math.sqrt(R(R(R(gx * gx) + R(gy * gy)) + 1))));
    const nx = R(-gx * nz);
    const ny = R(-gy * nz);
    let [lx, ly, hx, hy] = [m.f(F_LX), m.f(F_LY), m.f(F_HX), m.f(F_HY)];
    if (radial !== 0) {
      const px = R(R(x * m.f(F_STEP)) + m.f(F_OX));
      const k = R(1 / R(Math.sqrt(R(R(R(px * px) + R(py * py)) + R(0.01)))));
      lx = R(R(px * k) * radial);
      ly = R(R(py * k) * radial);
      hx = R(R(px * k) * m.f(F_HRADIAL));
      hy = R(R(py * k) * m.f(F_HRADIAL));
    }
    const diffuse = Math.max(dot(nx, ny, nz, lx, ly, m.f(F_LZ)), 0);
    let s = Math.max(dot(nx, ny, nz, hx, hy, m.f(F_HZ)), 0);
    for (let i = 0; i < 4; i++) s = R(s * s);
    const broad = s;
    for (let i = 0; i < 3; i++) s = R(s * s);
    const tight = s;
    const e = R(R(R(R(nx * lx) + R(ny * ly)) * nz) * 2);
    const strip = window(R(e - m.f(F_STRIP_C)), m.f(F_STRIP_W));
    const rim = window(R(e + R(0.62)), R(2.6));
    const around = R(R(R(v(farUp + x) + v(farDown + x)) + v(here + x - reach)) + v(here + x + reach));
    const hollow = R(R(around - R(h * 4)) * m.f(F_AO));
    const ao = R(1 - Math.min(Math.max(hollow, -0.25), R(0.6)));

    const over = v(mask + x);
    const mx = R(v(mask + x + 1) - v(mask + x - 1));
    const my = R(v(maskDown + x) - v(maskUp + x));
    const mg = R(R(R(Math.sqrt(R(R(mx * mx) + R(my * my)))) * 0.5) + R(0.000001));
    const cover = clamp01(R(R(over / mg) + 0.5));
    let cast = 0;
    for (let k = 0; k < TAPS; k++) cast = R(cast + smooth(R(m.tap(P_MASK, x, y, k, lx, ly) * m.f(F_SHADOW))));
    const shade = R(1 - R(R(cast * R(0.13)) * R(1 - cover)));

    const tone = v(m.row(y, P_TONE) + x);
    const t = R(R(tone + R(m.f(F_IRID) * R(1 - nz))) + R(v(m.row(y, P_DETAIL) + x) * m.f(F_DETAIL)));
    const shift = R(smooth(v(m.row(y, P_DRIFT) + x)) * m.f(F_MIX));
    const under = m.colour(LUT_A, t);
    const tint = m.colour(LUT_B, t);
    const top = m.colour(LUT_B, R(0.25 + R(0.75 * t)));
    const edge = m.colour(LUT_B, R(0.8));
    const light = R(R(R(m.f(F_AMBIENT) + R(R(diffuse * m.f(F_DIFFUSE)) * shade)) * ao) * m.f(F_EXPOSURE));
    const sheen = m.f(F_SHEEN);
    const shine = R(R(R(broad * sheen) + R(R(tight * m.f(F_SPEC)) * calm)) + R(strip * sheen));
    const gleam = R(R(R(shine * shade) * ao) * calm);
    const back = R(R(R(R(rim * sheen) * R(0.7)) * ao) * calm);
    const a = (m.n(I_ACC) >> 2) + Math.floor(x / m.n(I_SS)) * 4;
    for (let c = 0; c < 4; c++) {
      const body = mix(mix(v(under + c), v(tint + c), shift), v(top + c), cover);
      const lit = R(R(body * light) + R(mix(1, body, R(0.35)) * gleam));
      m.f32[a + c] = R(v(a + c) + shoulder(R(lit + R(v(edge + c) * back))));
    }
  }
}
