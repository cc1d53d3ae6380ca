import sharp from 'sharp';
import { AppError } from '@/lib/errors';
import { type CheckedPicture, checkOutput, decodeRaster } from '@/lib/inference/check-output';
import { readChunks } from '@/lib/protocol/png-chunks';
import { MAX_UPLOAD_SIDE } from './limits';

/** A WebP's own flag (VP8X), or the chunk that makes a PNG one: of several pictures none is the one that was meant. */
function isAnimated(bytes: Uint8Array): boolean {
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (text(8, 16) === 'WEBPVP8X') return ((bytes[20] ?? 0) & 0x02) !== 0;
  return text(1, 4) === 'PNG' && readChunks(bytes).some(({ type }) => type === 'acTL');
}

async function fitted(raster: Awaited<ReturnType<typeof decodeRaster>>): Promise<typeof raster> {
  const { width, height, rgba } = raster;
  if (Math.max(width, height) <= MAX_UPLOAD_SIDE) return raster;
  const { data, info } = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .resize(MAX_UPLOAD_SIDE, MAX_UPLOAD_SIDE, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: data };
}

/**
 * Somebody's file as pixels and a PNG of nothing but them: turned as its camera said, 8-bit sRGB, no larger than models take. Where it was taken and by
 * whom, and whatever else the file was beside a picture, is gone. Throws `upload_unread`.
 */
export async function readPicture(bytes: Uint8Array): Promise<CheckedPicture> {
  try {
    if (isAnimated(bytes)) throw new AppError('upload_unread', { message: 'That is an animation. Choose a still picture.' });
    return await checkOutput({ kind: 'pixels', ...(await fitted(await decodeRaster(bytes))) }, { kind: 'image', isSigned: false });
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'upload_unread') throw cause;
    throw new AppError('upload_unread', { cause });
  }
}
