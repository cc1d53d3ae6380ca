import { sha256 } from '@noble/hashes/sha2.js';
import { clamp } from './maths';

/** Pseudo random numbers of one named stream. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Bell shaped, mean 0, variance 1, bounded by 3.47: sum of four uniforms. */
  normal(): number;
  /** Integer in [0, n). */
  below(n: number): number;
}

/** Bytes of a string whose code units are below 128. */
export function asciiBytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = clamp(text.charCodeAt(i), 0, 127);
  return out;
}

/** sfc32 (Chris Doty-Humphrey's small fast counting generator), keyed by sha-256 of an ASCII label. */
export function randomFrom(label: string): Random {
  const key = sha256(asciiBytes(label));
  const word = (i: number) => (key[i] ?? 0) | ((key[i + 1] ?? 0) << 8) | ((key[i + 2] ?? 0) << 16) | ((key[i + 3] ?? 0) << 24) | 0;
  let a = word(0);
  let b = word(4);
  let c = word(8);
  let d = 1;
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal: () => (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508075688772,
    below: (n) => Math.floor(uniform() * n),
  };
}
