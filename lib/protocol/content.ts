import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { Hex } from 'viem';
import { sha256Hex } from './hash';

export type Raster = { width: number; height: number; rgba: Uint8Array | Uint8ClampedArray };

/** sha-256 of byte strings one after the other, as hex without 0x. */
export type Sha256 = (parts: Uint8Array[]) => string;

const portable: Sha256 = (parts) => bytesToHex(parts.reduce((hash, part) => hash.update(part), sha256.create()).digest());

/**
 * `content` of a raster: sha-256(u32be width ‖ u32be height ‖ 8-bit sRGB non-premultiplied RGBA, row by row). Throws RangeError on a size that does not fit.
 * `hash`: the platform's own, where it has one; of a large picture the portable one takes 40 ms.
 */
export function rasterContent({ width, height, rgba }: Raster, hash: Sha256 = portable): Hex {
  if (rgba.length !== width * height * 4) throw new RangeError(`${width}×${height} pixels are not ${rgba.length} bytes`);
  const size = new Uint8Array(8);
  const view = new DataView(size.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const bytes = rgba instanceof Uint8Array ? rgba : new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return `0x${hash([size, bytes])}`;
}

/** `content` of a text: sha-256 of its UTF-8 bytes. Throws RangeError on half a character, which has none. */
export function textContent(text: string): Hex {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('the text is not Unicode');
  return sha256Hex(text);
}
