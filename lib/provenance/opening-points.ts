import 'server-only';
import sharp from 'sharp';
import { isPictureSize } from '@/lib/protocol/picture-size';
import { PNG_SIGNATURE } from '@/lib/protocol/png-chunks';

/** Asked before a file is opened; throws where its sender may not open so much now. */
export type BeforeOpening = (file: Uint8Array) => Promise<void>;

const PIXELS_A_POINT = 4_000_000;

/**
 * What opening a file costs, in points of a limit: by the pixels that it says to have, since those are what decoding costs, and not by its bytes. What says
 * to have more than are looked at is refused before it costs anything.
 */
export async function openingPoints(file: Uint8Array): Promise<number> {
  const { width = 0, height = 0 } = await sizeOf(file);
  return isPictureSize(width, height) ? Math.ceil((width * height) / PIXELS_A_POINT) : 1;
}

/** Of a PNG where our own decoder looks for it. */
async function sizeOf(file: Uint8Array): Promise<{ width?: number; height?: number }> {
  if (file.length >= 24 && PNG_SIGNATURE.every((byte, i) => file[i] === byte)) {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  return sharp(file)
    .metadata()
    .catch(() => ({}));
}
