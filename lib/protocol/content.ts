import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { Hex } from 'viem';

export type Raster = { width: number; height: number; rgba: Uint8Array | Uint8ClampedArray };

/** `content` of a raster: sha-256(u32be width ‖ u32be height ‖ 8-bit sRGB non-premultiplied RGBA, row by row). Throws RangeError on a size that does not fit. */
export function rasterContent({ width, height, rgba }: Raster): Hex {
  if (rgba.length !== width * height * 4) throw new RangeError(`${width}×${height} pixels are not ${rgba.length} bytes`);
  const size = new Uint8Array(8);
  const view = new DataView(size.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  const bytes = rgba instanceof Uint8Array ? rgba : new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return `0x${bytesToHex(sha256.create().update(size).update(bytes).digest())}`;
}
