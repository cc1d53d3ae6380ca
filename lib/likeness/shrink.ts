import { SIDE } from './frequencies';

export type Pixels = { width: number; height: number; rgba: Uint8Array };

/** Which pixels each of the `SIDE` parts of a length covers, and how much of each. */
function partsOf(length: number): { from: number; shares: number[] }[] {
  const size = length / SIDE;
  return Array.from({ length: SIDE }, (_, part) => {
    const [begin, end] = [part * size, (part + 1) * size];
    const from = Math.floor(begin);
    const count = Math.max(1, Math.ceil(end - 1e-9) - from);
    return { from, shares: Array.from({ length: count }, (_, i) => (Math.min(end, from + i + 1) - Math.max(begin, from + i)) / size) };
  });
}

/** Brightness of one pixel over white, 0 to 255. */
function greyAt(rgba: Pixels['rgba'], at: number): number {
  const light = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
  const cover = (rgba[at + 3] ?? 0) / 255;
  return light * cover + 255 * (1 - cover);
}

/** The picture as 64×64 greys, each the mean of what it covers. Plain arithmetic, so that browser and server see the same. */
export function shrinkToGrey({ width, height, rgba }: Pixels): Float64Array {
  const [columns, rows] = [partsOf(width), partsOf(height)];
  const out = new Float64Array(SIDE * SIDE);
  const line = new Float64Array(SIDE);
  for (const [y, { from, shares }] of rows.entries())
    for (const [i, share] of shares.entries()) {
      shrinkLine(rgba, Math.min(from + i, height - 1) * width * 4, columns, line);
      for (let x = 0; x < SIDE; x++) out[y * SIDE + x] = (out[y * SIDE + x] ?? 0) + share * (line[x] ?? 0);
    }
  return out;
}

function shrinkLine(rgba: Pixels['rgba'], start: number, columns: ReturnType<typeof partsOf>, line: Float64Array): void {
  for (let x = 0; x < SIDE; x++) {
    const { from = 0, shares = [] } = columns[x] ?? {};
    let sum = 0;
    for (let i = 0; i < shares.length; i++) sum += (shares[i] ?? 0) * greyAt(rgba, start + (from + i) * 4);
    line[x] = sum;
  }
}
