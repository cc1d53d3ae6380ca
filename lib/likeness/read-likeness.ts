import { KEPT, lowFrequencies, SIDE } from './frequencies';
import { type Pixels, shrinkToGrey } from './shrink';

/**
 * What a picture looks like. `hash`: 63 bits, the same for its mirror images; finds candidates. `form`: its low frequencies in -127..127;
 * says how alike two are.
 */
export type Likeness = { hash: bigint; form: Int8Array };

/** One grey level across the picture: below it there is no form to compare, and every bit would be noise. */
const FLAT = SIDE / 2;
const MOST = 127;

/**
 * A bit for each frequency that is even both ways: whether it is above zero. Those are the frequencies of the picture folded onto its quarter.
 * A mirrored picture has the same, and one that is symmetric (many of ours) still has all of them, where half or more of all others are zero
 * and their bits noise.
 */
function hashOf(frequencies: Float64Array): bigint | null {
  let hash = 0n;
  let strongest = 0;
  for (let v = 0; v < KEPT; v += 2)
    for (let u = v === 0 ? 2 : 0; u < KEPT; u += 2) {
      const value = frequencies[v * KEPT + u] ?? 0;
      hash = (hash << 1n) | (value > 0 ? 1n : 0n);
      strongest = Math.max(strongest, Math.abs(value));
    }
  return strongest < FLAT ? null : hash;
}

function formOf(frequencies: Float64Array): Int8Array {
  const strongest = frequencies.reduce((most, value, i) => (i === 0 ? most : Math.max(most, Math.abs(value))), 0);
  return Int8Array.from(frequencies, (value, i) => (i === 0 ? 0 : Math.round((value / strongest) * MOST)));
}

/** Null for a picture without form, such as a single colour. Runs in the browser too: the picture need not be sent to be looked for. */
export function readLikeness(picture: Pixels): Likeness | null {
  const frequencies = lowFrequencies(shrinkToGrey(picture));
  const hash = hashOf(frequencies);
  return hash === null ? null : { hash, form: formOf(frequencies) };
}
