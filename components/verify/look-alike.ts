import { writeLikeness } from '@/lib/likeness/likeness-text';
import { readLikeness } from '@/lib/likeness/read-likeness';
import type { Alike, Resemblance } from '@/lib/likeness/schema';
import type { Pixels } from '@/lib/likeness/shrink';
import { postVerify } from './ask-server';

/** Large enough for a likeness, and small enough for a phone. */
const MOST_SIDE = 1024;

/** The pixels as a canvas has them: not exact, which a likeness does not need. */
async function pixelsOf(file: File): Promise<Pixels> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, rgba: new Uint8Array(data.buffer) };
}

/** Public works that a picture looks like. The server is told 264 bytes of it; the picture stays here. Undefined where that could not be found out. */
export async function lookAlike(file: File): Promise<Resemblance[] | undefined> {
  try {
    const likeness = readLikeness(await pixelsOf(file));
    if (!likeness) return [];
    return (await postVerify<Alike>({ likeness: writeLikeness(likeness) })).resembles;
  } catch {
    return undefined;
  }
}
