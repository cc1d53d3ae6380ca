import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { isPictureSize } from '@/lib/protocol/picture-size';
import { PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';

/** Chunks that would make other pixels of the same numbers. */
const CHANGES_PIXELS = ['iCCP', 'eXIf', 'gAMA', 'cHRM', 'sBIT', 'tRNS', 'acTL', 'cICP'];
const PIXELS = ['IHDR', 'IDAT', 'IEND'];
/** Bytes of a pixel by colour type: RGB and RGBA. */
const SAMPLES = new Map([
  [2, 3],
  [6, 4],
]);

type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };
/** With `info` it says how much of the input it took, which its types do not know. */
const inflateWithInfo = promisify(inflate) as unknown as (packed: Uint8Array, options: { info: true; maxOutputLength: number }) => Promise<Inflated>;

/**
 * The chunks that hold the pixels of an 8-bit RGB or RGBA PNG in sRGB with nothing to turn or convert (protocol.md, "Digests"), as a PNG of nothing else;
 * or why it is not one. Its rows are exactly those of the picture, in one stream that ends where the data ends: decoders differ in what they
 * make of more, and bytes that none of them shows could hold the prompt.
 */
export async function readPlainPng(bytes: Uint8Array): Promise<{ png: Buffer } | { problem: string; cause?: unknown }> {
  try {
    const chunks = readChunks(bytes);
    const kept = chunks.filter(({ type }) => PIXELS.includes(type));
    const problem = problemOf(chunks, kept) ?? (await streamProblem(kept));
    return problem ? { problem } : { png: Buffer.concat([PNG_SIGNATURE, ...kept.map((chunk) => chunk.bytes)]) };
  } catch (cause) {
    return { problem: 'not a whole PNG', cause };
  }
}

function problemOf(chunks: PngChunk[], kept: PngChunk[]): string | null {
  const [header] = chunks;
  const size = header?.type === 'IHDR' && header.data.length === 13 ? sizeOf(header) : null;
  const [depth, colour, compression, filter, interlaced] = header?.data.subarray(8) ?? [];
  if (!size || kept.filter(({ type }) => type === 'IHDR').length !== 1) return 'without one header';
  if (!isPictureSize(size.width, size.height)) return `${size.width}×${size.height}`;
  if (depth !== 8 || !SAMPLES.has(colour ?? -1)) return 'not an 8-bit RGB or RGBA PNG';
  if (compression !== 0 || filter !== 0 || interlaced !== 0) return 'packed or interlaced in another way';
  const changing = chunks.find(({ type }) => CHANGES_PIXELS.includes(type));
  if (changing) return changing.type;
  const data = chunks.flatMap(({ type }, i) => (type === 'IDAT' ? [i] : []));
  return data.some((at, i) => i > 0 && at !== (data[i - 1] ?? 0) + 1) ? 'its data is not in one piece' : null;
}

function sizeOf({ data }: PngChunk): { width: number; height: number } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

async function streamProblem(kept: PngChunk[]): Promise<string | null> {
  const [header] = kept as [PngChunk];
  const { width, height } = sizeOf(header);
  const length = height * (width * (SAMPLES.get(header.data[9] ?? -1) ?? 0) + 1);
  const packed = Buffer.concat(kept.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  const { buffer, engine } = await inflateWithInfo(packed, { info: true, maxOutputLength: length });
  if (buffer.length !== length) return 'without all its rows';
  return engine.bytesWritten === packed.length ? null : 'bytes behind its pixels';
}
