import { createHash } from 'node:crypto';

/** What two prompts are compared by: their words, in small letters, without what stands between them. */
export const wordsOf = (prompt: string): string[] =>
  prompt
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Hash of a line of words, or of anything else, under a model's salt. */
export const digestOf = (salt: string, text: string): string => createHash('sha256').update(`${salt}\n${text}`).digest('hex');

export const SKETCH_PLACES = 32;
const WORDS_SKETCHED = 400;

/** Odd multipliers of the places: fixed, since a sketch is compared with older ones. */
const multipliers = Array.from({ length: SKETCH_PLACES }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) | 1) >>> 0);

function mix(value: number, multiplier: number): number {
  const product = Math.imul(value ^ (value >>> 15), multiplier);
  return Math.imul(product ^ (product >>> 13), 0x85ebca6b) ^ multiplier;
}

/**
 * MinHash of a prompt's words and pairs of neighbours: two sketches agree in about as many places as the prompts share of both. Salted, so that sketches of
 * two models cannot be compared. Of no words it is empty.
 */
export function sketchOf(salt: string, words: string[]): number[] {
  const said = words.slice(0, WORDS_SKETCHED);
  const parts = new Set([...said, ...said.slice(1).map((word, i) => `${said[i]} ${word}`)]);
  if (parts.size === 0) return [];
  const hashes = [...parts].map((part) => createHash('sha256').update(`${salt}\n${part}`).digest().readInt32BE());
  return multipliers.map((multiplier) => hashes.reduce((least, hash) => Math.min(least, mix(hash, multiplier) | 0), 0x7fffffff));
}
