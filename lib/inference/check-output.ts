import sharp from 'sharp';
import { AppError } from '@/lib/errors';
import { PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import { textProblem } from '@/lib/protocol/work-text';
import type { RunOutput } from './adapter';

const MAX_PIXELS = 40_000_000;
const MAX_BYTES = 50_000_000;
const SIGNATURES: Record<string, (b: Uint8Array) => boolean> = {
  png: (b) => Buffer.from(b.subarray(0, 8)).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  jpeg: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff,
  webp: (b) => Buffer.from(b.subarray(0, 4)).toString('latin1') === 'RIFF' && Buffer.from(b.subarray(8, 12)).toString('latin1') === 'WEBP',
};

type Raster = { width: number; height: number; rgba: Uint8Array };
/** What was checked, in the form that `content` is defined over: pixels with the PNG that is the work, or a text. */
export type CheckedPicture = { kind: 'image'; png: Buffer } & Raster;
export type CheckedText = { kind: 'text'; text: string };

/** Decodes PNG, JPEG or WebP by its magic bytes, under size and pixel caps, to 8-bit sRGB RGBA. Throws `output_invalid`. */
export async function decodeRaster(bytes: Uint8Array): Promise<Raster> {
  if (bytes.length > MAX_BYTES) throw new AppError('output_invalid', { cause: new Error(`${bytes.length} bytes`) });
  if (!Object.values(SIGNATURES).some((matches) => matches(bytes)))
    throw new AppError('output_invalid', { cause: new Error('neither PNG, JPEG nor WebP') });
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgba: data };
  } catch (cause) {
    throw new AppError('output_invalid', { cause });
  }
}

/** Chunks that would make other pixels of the same numbers. */
const CHANGES_PIXELS = ['iCCP', 'eXIf', 'gAMA', 'cHRM', 'sBIT', 'tRNS', 'acTL', 'cICP'];

/** The chunks of an 8-bit RGB or RGBA PNG in sRGB with nothing to turn or convert (protocol.md, "Digests"), or why it is not one. */
function readPlainPng(bytes: Uint8Array): { chunks: PngChunk[] } | { problem: string; cause?: unknown } {
  try {
    const chunks = readChunks(bytes);
    const [header] = chunks;
    const [depth, colour] = [header?.data[8], header?.data[9]];
    if (header?.type !== 'IHDR' || depth !== 8 || (colour !== 2 && colour !== 6)) return { problem: 'not an 8-bit RGB or RGBA PNG' };
    const changing = chunks.find(({ type }) => CHANGES_PIXELS.includes(type));
    return changing ? { problem: changing.type } : { chunks };
  } catch (cause) {
    return { problem: 'not a PNG', cause };
  }
}

const PIXELS = ['IHDR', 'IDAT', 'IEND'];

/**
 * The work's PNG. One that is plain already keeps its pixels as they are packed (packing a large picture anew costs more than the rest of a run)
 * and loses all else: what an endpoint wrote beside them may hold the prompt. What is hardly packed at all is packed here.
 */
async function toWorkPng({ width, height, rgba }: Raster, plain: PngChunk[] | null): Promise<Buffer> {
  const kept = plain?.filter(({ type }) => PIXELS.includes(type)).map(({ bytes }) => bytes);
  const png = kept && Buffer.concat([PNG_SIGNATURE, ...kept]);
  if (png && png.length < width * height * 3) return png;
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

type ExpectedPicture = {
  kind: 'image';
  /** The size that was asked for, where it was. */
  width?: number;
  height?: number;
  /** A key beside the model has signed its pixels already. */
  isSigned: boolean;
};

export function checkOutput(output: RunOutput, expected: ExpectedPicture): Promise<CheckedPicture>;
export function checkOutput(output: RunOutput, expected: ExpectedPicture | { kind: 'text' }): Promise<CheckedPicture | CheckedText>;
/** Checks what an endpoint delivered. Throws `output_invalid`, also where it is of another kind than the model. */
export async function checkOutput(output: RunOutput, expected: ExpectedPicture | { kind: 'text' }): Promise<CheckedPicture | CheckedText> {
  if (output.kind === 'text' && expected.kind === 'text') return checkText(output.text);
  if (output.kind !== 'text' && expected.kind === 'image') return checkPicture(output, expected);
  throw new AppError('output_invalid', { cause: new Error(`${output.kind}, where ${expected.kind} was asked for`) });
}

/** As it came: what was signed beside the model has exactly these bytes. */
function checkText(text: string): CheckedText {
  const problem = textProblem(text);
  if (problem) throw new AppError('output_invalid', { cause: new Error(problem) });
  return { kind: 'text', text };
}

/** Turns it into the work's PNG, once. */
async function checkPicture(output: Exclude<RunOutput, { kind: 'text' }>, expected: ExpectedPicture): Promise<CheckedPicture> {
  const plain = output.kind === 'file' ? readPlainPng(output.bytes) : null;
  // A key beside the model signed what everybody must decode alike.
  if (expected.isSigned && plain && 'problem' in plain) {
    throw new AppError('output_invalid', { cause: new Error(`signed, and ${plain.problem}`, { cause: plain.cause }) });
  }
  const raster = output.kind === 'pixels' ? output : await decodeRaster(output.bytes);
  const { width, height, rgba } = raster;
  const fits = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 && width * height <= MAX_PIXELS;
  if (!fits || rgba.length !== width * height * 4)
    throw new AppError('output_invalid', { cause: new Error(`${width}×${height}, ${rgba.length} bytes`) });
  if ((expected.width ?? width) !== width || (expected.height ?? height) !== height) {
    throw new AppError('output_invalid', { cause: new Error(`${width}×${height} instead of ${expected.width}×${expected.height}`) });
  }
  const png = await toWorkPng({ width, height, rgba }, plain && 'chunks' in plain ? plain.chunks : null);
  return { kind: 'image', width, height, rgba, png };
}
