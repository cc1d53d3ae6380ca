import 'server-only';
import sharp from 'sharp';
import type { Raster } from '@/lib/protocol/content';
import { readChunks } from '@/lib/protocol/png-chunks';

const MAX_PIXELS = 40_000_000;
/**
 * Chunks that leave the shown picture alone. A colour profile, a gamma, an orientation or an animation would make a viewer show
 * something else than the pixels that are hashed, so a file with any other chunk does not pass.
 */
const HARMLESS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'sRGB', 'pHYs', 'tIME', 'tEXt', 'zTXt', 'iTXt', 'caBX']);
const EIGHT_BITS = 8;

/** Pixels of a PNG in the form that `content` is defined over, or the reason why there are none. Never throws on a hostile file. */
export async function decodePng(bytes: Uint8Array): Promise<{ raster: Raster } | { problem: string }> {
  try {
    const chunks = readChunks(bytes);
    const odd = chunks.find(({ type }) => !HARMLESS.has(type));
    if (odd) return { problem: `The file carries a part (${odd.type}) that changes how its pixels are shown.` };
    if (chunks[0]?.type !== 'IHDR' || chunks[0].data[8] !== EIGHT_BITS) return { problem: 'The picture does not have 8 bits a channel.' };
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { raster: { width: info.width, height: info.height, rgba: data } };
  } catch (error) {
    return { problem: `The picture cannot be decoded: ${error instanceof Error ? error.message : String(error)}` };
  }
}
