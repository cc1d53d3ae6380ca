import {
  F_GRAIN,
  F_ISS2,
  F_OUT_OX,
  F_OUT_OY,
  F_OUT_STEP,
  F_VIGNETTE,
  I_ACC,
  I_MIRROR,
  I_NOISE_SEED,
  I_OUT,
  I_OUT_COLS,
  I_OUT_W,
  SRGB,
  SRGB_STEPS,
} from '../layout';
import { hash01, type Memory, R } from './arithmetic';

export function clearRow(m: Memory): void {
  const a = m.n(I_ACC) >> 2;
  m.f32.fill(0, a, a + m.n(I_OUT_COLS) * 4);
}

export function resolveRow(m: Memory, y: number): void {
  const bytes = new Uint8Array(m.f32.buffer);
  const width = m.n(I_OUT_W);
  const seed = m.n(I_NOISE_SEED);
  const py = R(R(y * m.f(F_OUT_STEP)) + m.f(F_OUT_OY));
  const put = (x: number, from: number, dark: number) => {
    const pair = R(R(hash01(x, y, seed) + hash01(x, y, seed ^ 0x5bd1e995)) - 1);
    const noise = R(R(pair * m.f(F_GRAIN)) + 0.5);
    for (let c = 0; c < 3; c++) {
      const mean = R((m.f32[from + c] ?? 0) * dark);
      const root = R(Math.sqrt(Math.min(Math.max(mean, 0), 1)));
      const level = R((m.f32[(SRGB >> 2) + Math.trunc(R(root * SRGB_STEPS))] ?? 0) + noise);
      bytes[m.n(I_OUT) + x * 4 + c] = Math.floor(Math.min(Math.max(level, 0), 255));
    }
    bytes[m.n(I_OUT) + x * 4 + 3] = 255;
  };
  for (let x = 0; x < m.n(I_OUT_COLS); x++) {
    const px = R(R(x * m.f(F_OUT_STEP)) + m.f(F_OUT_OX));
    const r2 = R(R(px * px) + R(py * py));
    const dark = R(m.f(F_ISS2) / R(1 + R(R(r2 * r2) * m.f(F_VIGNETTE))));
    const from = (m.n(I_ACC) >> 2) + x * 4;
    put(x, from, dark);
    if (m.n(I_MIRROR) !== 0) put(width - 1 - x, from, dark);
  }
}
