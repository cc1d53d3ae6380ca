import { PALETTES } from '../colour/palettes';
import { AXES, senseOf } from './lexicon';
import { tokenize } from './tokenize';

export const HASH_DIMS = 32;

/** What the prompt asks of the network and of the palette choice. */
export interface TextCode {
  /** Unit vector of hashed character n-grams; all zero for an empty prompt. */
  hash: Float64Array;
  /** AXES values, each in (-2.9, 2.9). */
  axes: Float64Array;
  /** Affinity per palette. */
  palettes: Float64Array;
}

const NEGATIONS = new Set(['no', 'not', 'without', 'never', 'non', 'dont', 'avoid', 'except', 'less']);
const MODIFIERS: ReadonlyMap<string, number> = new Map([
  ['very', 1.5],
  ['extremely', 1.8],
  ['deeply', 1.4],
  ['really', 1.4],
  ['super', 1.5],
  ['so', 1.2],
  ['more', 1.3],
  ['mostly', 1.2],
  ['slightly', 0.5],
  ['somewhat', 0.6],
  ['little', 0.5],
  ['hint', 0.5],
  ['bit', 0.5],
  ['faintly', 0.5],
]);
const FILLERS = new Set(['a', 'an', 'the', 'of', 'and', 'in', 'on', 'with', 'to', 'at', 'by', 'is', 'or', 'for']);

function addGrams(word: string, weight: number, into: Float64Array): void {
  const padded = `<${word}>`;
  for (let size = 3; size <= 5; size++) {
    for (let i = 0; i + size <= padded.length; i++) {
      let h = 0x811c9dc5;
      for (let j = i; j < i + size; j++) h = Math.imul(h ^ padded.charCodeAt(j), 0x01000193);
      for (let d = 0; d < HASH_DIMS; d++) {
        h ^= h << 13;
        h ^= h >>> 17;
        h ^= h << 5;
        into[d] = (into[d] ?? 0) + (h / 2147483648) * weight;
      }
    }
  }
}

function normalise(v: Float64Array): void {
  let sum = 0;
  for (const x of v) sum += x * x;
  if (sum === 0) return;
  const k = 1 / Math.sqrt(sum);
  for (let i = 0; i < v.length; i++) v[i] = (v[i] ?? 0) * k;
}

/** Reads a prompt: later words count less, negated words count against, unknown words still turn the network. */
export function encodeText(prompt: string): TextCode {
  const hash = new Float64Array(HASH_DIMS);
  const axes = new Float64Array(AXES.length);
  const palettes = new Float64Array(PALETTES.length);
  let strength = 1;
  let sign = 1;
  let position = 0;
  for (const token of tokenize(prompt)) {
    const modifier = MODIFIERS.get(token);
    if (modifier !== undefined) {
      strength *= modifier;
      continue;
    }
    if (NEGATIONS.has(token)) {
      sign = -0.8;
      continue;
    }
    if (FILLERS.has(token)) continue;
    const weight = strength * sign * (1 / (1 + 0.05 * position));
    const sense = senseOf(token);
    for (const [i, v] of sense?.axes ?? []) axes[i] = (axes[i] ?? 0) + v * weight;
    for (const [i, v] of sense?.palettes ?? []) palettes[i] = (palettes[i] ?? 0) + v * weight;
    addGrams(token, (sense ? 0.5 : 1) * weight, hash);
    strength = 1;
    sign = 1;
    position++;
  }
  normalise(hash);
  for (let i = 0; i < axes.length; i++) {
    const v = axes[i] ?? 0;
    axes[i] = v / (1 + 0.35 * Math.abs(v));
  }
  return { hash, axes, palettes };
}
