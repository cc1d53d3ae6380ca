import type { Likeness } from './read-likeness';

/** A likeness as it travels: 0x and 16 hex digits, and 512. */
export type LikenessText = { hash: string; form: string };

export function writeLikeness({ hash, form }: Likeness): LikenessText {
  const bytes = new Uint8Array(form.buffer);
  return { hash: `0x${hash.toString(16).padStart(16, '0')}`, form: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** Of a text that the schema has passed. */
export function parseLikeness({ hash, form }: LikenessText): Likeness {
  return { hash: BigInt(hash), form: new Int8Array(Array.from(form.matchAll(/../g), ([digits]) => Number.parseInt(digits, 16))) };
}
