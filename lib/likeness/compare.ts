import { KEPT } from './frequencies';

/** Both bounds were measured: README.md. More than six bits apart the index would miss some. */
export const MAX_BITS_APART = 6;
export const MAX_DIFFERENCE = 20;
const NEARLY_IDENTICAL = 5;

/** The four ways of turning a picture over change the signs of the odd frequencies across, down, of both, or of none. */
const TURNS = [0, 1, 2, 3];
function isTurned(i: number, turn: number): boolean {
  const [isOddAcross, isOddDown] = [i % 2 === 1, Math.floor(i / KEPT) % 2 === 1];
  return ((turn & 1) > 0 && isOddAcross) !== ((turn & 2) > 0 && isOddDown);
}
const SIGNS = TURNS.map((turn) => Int8Array.from({ length: KEPT * KEPT }, (_, i) => (isTurned(i, turn) ? -1 : 1)));

/**
 * How far two forms are apart, in thousandths: 0 is the same but for brightness and contrast, 1000 has nothing in common. A picture mirrored or upside
 * down is the same picture.
 */
export function differenceOf(a: Int8Array, b: Int8Array): number {
  const sizes = Math.sqrt(dot(a, a, SIGNS[0]) * dot(b, b, SIGNS[0]));
  const alike = Math.max(...SIGNS.map((signs) => dot(a, b, signs))) / sizes;
  return Math.max(0, Math.round(1000 * (1 - alike)));
}

function dot(a: Int8Array, b: Int8Array, signs: Int8Array | undefined): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0) * (signs?.[i] ?? 1);
  return sum;
}

/** In how many bits two hashes differ. */
export function bitsApart(a: bigint, b: bigint): number {
  let count = 0;
  for (let rest = a ^ b; rest > 0n; rest &= rest - 1n) count++;
  return count;
}

export type Closeness = 'nearly identical' | 'similar';
export function closenessOf(difference: number): Closeness {
  return difference <= NEARLY_IDENTICAL ? 'nearly identical' : 'similar';
}
