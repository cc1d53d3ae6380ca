/** Side of the grey picture that is read, and how many frequencies of it are kept each way. */
export const SIDE = 64;
export const KEPT = 16;

const COSINES = Float64Array.from({ length: KEPT * SIDE }, (_, i) => {
  const [frequency, at] = [Math.floor(i / SIDE), i % SIDE];
  return Math.cos((Math.PI * frequency * (2 * at + 1)) / (2 * SIDE)) * (frequency === 0 ? Math.SQRT1_2 : 1);
});

/** Sums `SIDE` values with each of the cosines. */
function transform(valueAt: (i: number) => number, put: (frequency: number, sum: number) => void): void {
  for (let frequency = 0; frequency < KEPT; frequency++) {
    let sum = 0;
    for (let i = 0; i < SIDE; i++) sum += valueAt(i) * (COSINES[frequency * SIDE + i] ?? 0);
    put(frequency, sum);
  }
}

/** The 16×16 lowest frequencies (DCT) of 64×64 grey values, row by row: those across change fastest. The first is the brightness. */
export function lowFrequencies(grey: Float64Array): Float64Array {
  const across = new Float64Array(SIDE * KEPT);
  for (let y = 0; y < SIDE; y++)
    transform(
      (x) => grey[y * SIDE + x] ?? 0,
      (u, sum) => {
        across[y * KEPT + u] = sum;
      },
    );
  const both = new Float64Array(KEPT * KEPT);
  for (let u = 0; u < KEPT; u++)
    transform(
      (y) => across[y * KEPT + u] ?? 0,
      (v, sum) => {
        both[v * KEPT + u] = (2 / SIDE) * sum;
      },
    );
  return both;
}
