import sharp from 'sharp';
import { AppError } from '@/lib/errors';
import { isPictureSize, MAX_PIXELS } from '@/lib/protocol/picture-size';
import { textProblem } from '@/lib/protocol/work-text';
import type { RunOutput } from './adapter';
import { readPlainPng } from './plain-png';

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
    if (!isPictureSize(info.width, info.height)) throw new Error(`${info.width}×${info.height}`);
    return { width: info.width, height: info.height, rgba: data };
  } catch (cause) {
    throw new AppError('output_invalid', { cause });
  }
}

/**
 * The work's PNG. One that is plain already keeps its pixels as they are packed (packing a large picture anew costs more than the rest of a run)
 * and loses all else: what an endpoint wrote beside them may hold the prompt. What is hardly packed at all is packed here.
 */
async function toWorkPng({ width, height, rgba }: Raster, plain: Buffer | null): Promise<Buffer> {
  if (plain && plain.length < width * height * 3) return plain;
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
  const read = output.kind === 'file' ? await readPlainPng(output.bytes) : null;
  const plain = read && 'png' in read ? read.png : null;
  // A key beside the model signed what everybody must decode alike.
  if (expected.isSigned && read && 'problem' in read) {
    throw new AppError('output_invalid', { cause: new Error(`signed, and ${read.problem}`, { cause: read.cause }) });
  }
  // Of what will be kept, so that the pixels that are hashed are those of the file.
  const { width, height, rgba } = output.kind === 'pixels' ? output : await decodeRaster(plain ?? output.bytes);
  if (!isPictureSize(width, height) || rgba.length !== width * height * 4)
    throw new AppError('output_invalid', { cause: new Error(`${width}×${height}, ${rgba.length} bytes`) });
  if ((expected.width ?? width) !== width || (expected.height ?? height) !== height) {
    throw new AppError('output_invalid', { cause: new Error(`${width}×${height} instead of ${expected.width}×${expected.height}`) });
  }
  const png = await toWorkPng({ width, height, rgba }, plain);
  return { kind: 'image', width, height, rgba, png };
}
