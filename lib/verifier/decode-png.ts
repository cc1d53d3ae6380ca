import type { Raster } from '@/lib/protocol/content';
import { isPictureSize } from '@/lib/protocol/picture-size';
import { type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import { inflateTo } from './inflate';
import { formProblem } from './png-form';
import { toRgba, unfilter } from './png-rows';

const SAMPLES = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

export type Decoded = { raster: Raster } | { problem: string };
const problem = (text: string): Decoded => ({ problem: text });

/**
 * Pixels of a PNG in the form that `content` is defined over, or the reason why there are none. Decoded here, the same in Node and in browsers:
 * a canvas would apply colour management, and premultiply. Never throws on a hostile file.
 */
export async function decodePng(bytes: Uint8Array): Promise<Decoded> {
  try {
    const chunks = readChunks(bytes);
    const odd = formProblem(chunks);
    if (odd) return problem(odd);
    const [header] = chunks as [PngChunk];
    const view = new DataView(header.data.buffer, header.data.byteOffset, 13);
    const [width, height] = [view.getUint32(0), view.getUint32(4)];
    const [depth, colour, , , interlaced] = header.data.subarray(8);
    const samples = SAMPLES.get(colour ?? -1);
    if (depth !== 8 || samples === undefined) return problem('The picture does not have 8 bits a channel.');
    if (interlaced !== 0) return problem('The picture is interlaced, which no work is.');
    if (!isPictureSize(width, height)) return problem(`${width} × ${height} pixels are none, or more than are looked at.`);
    const packed = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
    const rows = await inflateTo(packed, height * (width * samples + 1));
    unfilter(rows, width * samples, samples);
    const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
    return {
      raster: { width, height, rgba: toRgba(rows, { width, height, samples, palette: colour === 3 ? (palette ?? new Uint8Array()) : undefined }) },
    };
  } catch (error) {
    return problem(`The picture cannot be decoded: ${error instanceof Error ? error.message : String(error)}`);
  }
}
