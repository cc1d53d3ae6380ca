import {
  BAND_STEPS,
  BAND_TABLE,
  F_AMBIENT,
  F_BANDS,
  F_DETAIL,
  F_EDGE,
  F_EXPOSURE,
  F_LX,
  F_LY,
  F_NOISE,
  F_OX,
  F_OY,
  F_RADIAL,
  F_SHADOW,
  F_STEP,
  F_TEXTURE,
  I_ACC,
  I_BANDS,
  I_COLS,
  I_NOISE_SEED,
  I_SS,
  P_BAND,
  P_DETAIL,
  P_TONE,
  TAPS,
} from '../layout';
import { clamp01, type Memory, mix, R, shoulder, valueNoise } from './arithmetic';

const A = R(0.15);
const B = R(0.22);

export function strataRow(m: Memory, y: number): void {
  const v = (index: number) => m.f32[index] ?? 0;
  const bands = m.n(I_BANDS);
  const count = m.f(F_BANDS);
  const band = m.row(y, P_BAND);
  const bandUp = m.row(y - 1, P_BAND);
  const bandDown = m.row(y + 1, P_BAND);
  const radial = m.f(F_RADIAL);
  const seed = m.n(I_NOISE_SEED);
  const noise = m.f(F_NOISE);
  const ambient = m.f(F_AMBIENT);
  const py = R(R(y * m.f(F_STEP)) + m.f(F_OY));
  for (let x = 0; x < m.n(I_COLS); x++) {
    const level = R(v(band + x) * count);
    const id = Math.min(Math.trunc(level), bands - 1);
    const gx = R(R(R(v(band + x + 1) - v(band + x - 1)) * count) * 0.5);
    const gy = R(R(R(v(bandDown + x) - v(bandUp + x)) * count) * 0.5);
    const g = R(R(Math.sqrt(R(R(gx * gx) + R(gy * gy)))) + R(0.00001));
    const low = R(R(level - id) / g);
    const high = R(R(id + 1 - level) / g);
    const px = R(R(x * m.f(F_STEP)) + m.f(F_OX));
    let lx = m.f(F_LX);
    let ly = m.f(F_LY);
    if (radial !== 0) {
      const k = R(1 / R(Math.sqrt(R(R(R(px * px) + R(py * py)) + R(0.01)))));
      lx = R(R(px * k) * radial);
      ly = R(R(py * k) * radial);
    }
    const t = R(R(R(0.1) + R(R(0.8) * v(m.row(y, P_TONE) + x))) + R(v(m.row(y, P_DETAIL) + x) * m.f(F_DETAIL)));
    let own = 0;
    let below = 0;
    for (let k = 0; k < TAPS; k++) {
      const there = R(m.tap(P_BAND, x, y, k, lx, ly) * count);
      own = R(own + clamp01(R(R(there - (id + 1)) * m.f(F_SHADOW))));
      below = R(below + clamp01(R(R(there - id) * m.f(F_SHADOW))));
    }
    const facing = R(-R(R(gx * lx) + R(gy * ly)) / g);
    const lip = Math.max(R(1 - R(low * m.f(F_EDGE))), 0);
    const crease = Math.max(R(1 - R(R(high * m.f(F_EDGE)) * R(0.2))), 0);
    const coarse = valueNoise(R(px * noise), R(R(py * noise) * R(0.62)), seed);
    const fine = valueNoise(R(R(px * noise) * R(2.3)), R(R(py * noise) * R(2.9)), (seed + id * 7 + 1) | 0);
    const fibre = R(R(R(coarse + fine) - 1) * m.f(F_TEXTURE));
    const lit = R(R(ambient + fibre) + R(R(facing * lip) * B));
    const top = R(R(lit * R(1 - R(own * A))) * R(1 - R(R(crease * crease) * B)));
    let other = id;
    let otherLight = 0;
    let share = 1;
    if (low < 0.5 && id > 0) {
      other = id - 1;
      otherLight = R(R(R(ambient + fibre) * R(1 - R(below * A))) * R(0.78));
      share = R(low + 0.5);
    } else if (high < 0.5 && id < bands - 1) {
      other = id + 1;
      otherLight = R(R(ambient + fibre) + R(facing * B));
      share = R(high + 0.5);
    }
    const step = Math.trunc(R(clamp01(t) * (BAND_STEPS - 1)));
    const mine = (BAND_TABLE >> 2) + (id * BAND_STEPS + step) * 4;
    const theirs = (BAND_TABLE >> 2) + (other * BAND_STEPS + step) * 4;
    const a = (m.n(I_ACC) >> 2) + Math.floor(x / m.n(I_SS)) * 4;
    for (let c = 0; c < 4; c++) {
      const own4 = R(v(mine + c) * top);
      const mixed = other === id ? own4 : mix(R(v(theirs + c) * otherLight), own4, share);
      m.f32[a + c] = R(v(a + c) + shoulder(R(mixed * m.f(F_EXPOSURE))));
    }
  }
}
