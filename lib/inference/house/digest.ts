import { sha256 } from '@noble/hashes/sha2.js';
import type { Picture } from './render';

/** The protocol's content digest of a raster: sha-256(u32be width, u32be height, RGBA), hex. */
export function contentDigest({ width, height, rgba }: Picture): string {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const hash = sha256.create().update(head).update(rgba).digest();
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
