import { deflateSync, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { AppError } from '@/lib/errors';
import { MAX_SIDE } from '@/lib/protocol/picture-size';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import { checkOutput, decodeRaster } from './check-output';

const [width, height] = [48, 32];
const rgba = Buffer.from(Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) & 255)));
const picture = () => sharp(rgba, { raw: { width, height, channels: 4 } });
const rows = Buffer.concat(
  Array.from({ length: height }, (_, y) => Buffer.concat([Buffer.of(0), rgba.subarray(y * width * 4, (y + 1) * width * 4)])),
);
const SECRET = Buffer.from('a private thought');
const check = (bytes: Uint8Array, isSigned = false) => checkOutput({ kind: 'file', bytes }, { kind: 'image', width, height, isSigned });
const types = (png: Uint8Array) => readChunks(png).map(({ type }) => type);
const dataOf = (png: Uint8Array, wanted: string) => Buffer.concat(readChunks(png).flatMap(({ type, data }) => (type === wanted ? [data] : [])));
const withChunk = (png: Uint8Array, chunk: PngChunk) => {
  const [header, ...rest] = readChunks(png);
  return Buffer.concat([PNG_SIGNATURE, ...[header, chunk, ...rest].flatMap((one) => (one ? [one.bytes] : []))]);
};

const pngOf = (data: Uint8Array[]) => {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 6], 8);
  const chunks = [makeChunk('IHDR', header), ...data.map((part) => makeChunk('IDAT', part)), makeChunk('IEND', new Uint8Array())];
  return Buffer.concat([PNG_SIGNATURE, ...chunks.map(({ bytes }) => bytes)]);
};

test('a plain PNG keeps its pixels as they are packed, and nothing that was written beside them', async () => {
  const png = await picture().png({ compressionLevel: 2 }).toBuffer();
  const told = withChunk(png, makeChunk('tEXt', Buffer.from('parameters\0a private thought, steps 20')));
  const output = await check(told);
  expect(types(output.png)).toEqual(['IHDR', 'IDAT', 'IEND']);
  expect(dataOf(output.png, 'IDAT')).toEqual(dataOf(png, 'IDAT'));
  expect(Buffer.from(output.rgba)).toEqual(rgba);
});

test.each([
  ['a JPEG', () => picture().jpeg().toBuffer()],
  ['a PNG of 16 bit', () => picture().toColourspace('rgb16').png().toBuffer()],
  ['a palette', () => picture().png({ palette: true }).toBuffer()],
  ['a PNG that says how bright it is', async () => withChunk(await picture().png().toBuffer(), makeChunk('gAMA', Buffer.from([0, 0, 0x80, 0])))],
  ['a PNG that is not packed', () => picture().png({ compressionLevel: 0 }).toBuffer()],
])('%s is made into a plain, packed PNG of the same pixels', async (_, make) => {
  const output = await check(await make());
  expect(types(output.png).filter((type) => !['IHDR', 'pHYs', 'IDAT', 'IEND'].includes(type))).toEqual([]);
  expect(output.png.length).toBeLessThan(width * height * 3);
  const again = await sharp(output.png).ensureAlpha().raw().toBuffer();
  expect(again).toEqual(Buffer.from(output.rgba));
});

test('what a key beside the model signed is not converted: it is refused where it is not plain', async () => {
  await expect(check(await picture().png().toBuffer(), true)).resolves.toMatchObject({ width, height });
  for (const bytes of [await picture().jpeg().toBuffer(), await picture().png({ palette: true }).toBuffer()]) {
    await expect(check(bytes, true)).rejects.toMatchObject({ code: 'output_invalid' });
  }
});

/** PNGs whose packed pixels are not exactly those of the picture, in one stream from the first byte of the data to the last. */
const packedOddly: [string, () => Promise<Uint8Array> | Uint8Array][] = [
  ['interlaced', () => picture().png({ progressive: true }).toBuffer()],
  ['with rows that no picture shows', () => pngOf([deflateSync(Buffer.concat([rows, Buffer.alloc(500)]))])],
  ['with words behind its pixels', () => pngOf([Buffer.concat([deflateSync(rows), SECRET])])],
  ['with words in a data chunk of their own', () => pngOf([deflateSync(rows), SECRET])],
  ['with a wrong checksum', () => pngOf([deflateSync(rows).map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte))])],
];

describe('a PNG', () => {
  test.each(packedOddly)('%s is packed anew, and what a verifier reads of it is what was captured', async (_, make) => {
    const output = await check(await make()).catch((error: AppError) => error.code);
    if (output === 'output_invalid') return;
    if (typeof output === 'string') throw new Error(output);
    const stored = readChunks(output.png);
    expect(stored[0]?.data[12]).toBe(0);
    expect(Buffer.from(output.png).includes(SECRET)).toBe(false);
    const again = inflateSync(dataOf(output.png, 'IDAT'), { info: true }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    expect(again.buffer.length % height).toBe(0);
    expect(again.engine.bytesWritten).toBe(dataOf(output.png, 'IDAT').length);
    expect(await sharp(output.png).ensureAlpha().raw().toBuffer()).toEqual(Buffer.from(output.rgba));
  });

  test.each(packedOddly)('%s is refused where its pixels are signed', async (_, make) => {
    await expect(check(await make(), true)).rejects.toMatchObject({ code: 'output_invalid' });
  });
});

test('a picture with a longer side than works may have is refused, whatever it comes as', async () => {
  const [long, pixels] = [MAX_SIDE + 1, Buffer.alloc((MAX_SIDE + 1) * 4, 200)];
  const file = await sharp(pixels, { raw: { width: 1, height: long, channels: 4 } })
    .png()
    .toBuffer();
  await expect(decodeRaster(file)).rejects.toMatchObject({ code: 'output_invalid' });
  for (const output of [{ kind: 'file', bytes: file } as const, { kind: 'pixels', width: long, height: 1, rgba: pixels } as const])
    await expect(checkOutput(output, { kind: 'image', isSigned: false })).rejects.toMatchObject({ code: 'output_invalid' });
});

test('another size than was asked for, half a file and something else are refused', async () => {
  const png = await picture().png().toBuffer();
  await expect(checkOutput({ kind: 'file', bytes: png }, { kind: 'image', width: 64, isSigned: false })).rejects.toMatchObject({
    code: 'output_invalid',
  });
  for (const bytes of [png.subarray(0, png.length - 20), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]) {
    await expect(check(bytes)).rejects.toMatchObject({ code: 'output_invalid' });
  }
});

test('another kind than the model makes is refused', async () => {
  await expect(checkOutput({ kind: 'text', text: 'words' }, { kind: 'image', isSigned: false })).rejects.toMatchObject({ code: 'output_invalid' });
  const bytes = await picture().png().toBuffer();
  for (const output of [{ kind: 'file', bytes } as const, { kind: 'pixels', width, height, rgba } as const]) {
    await expect(checkOutput(output, { kind: 'text' })).rejects.toMatchObject({ code: 'output_invalid' });
  }
});

test('a text stays as it came, to the byte: it may be signed already', async () => {
  const text = '  cafe\u0301\n\t🪶 \n';
  expect(await checkOutput({ kind: 'text', text }, { kind: 'text' })).toEqual({ kind: 'text', text });
});

test.each(['', ' \n', 'x'.repeat(20_001), 'a\0b', 'a\ud800', 'a\u001b[2J'])('what is no text is refused (%j)', async (text) => {
  await expect(checkOutput({ kind: 'text', text }, { kind: 'text' })).rejects.toMatchObject({ code: 'output_invalid' });
});
