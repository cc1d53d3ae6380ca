import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeChunk, PNG_SIGNATURE, type PngChunk, readChunks } from '@/lib/protocol/png-chunks';
import { checkOutput } from './check-output';

const [width, height] = [48, 32];
const rgba = Buffer.from(Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) & 255)));
const picture = () => sharp(rgba, { raw: { width, height, channels: 4 } });
const check = (bytes: Uint8Array, isSigned = false) => checkOutput({ kind: 'file', bytes }, { kind: 'image', width, height, isSigned });
const types = (png: Uint8Array) => readChunks(png).map(({ type }) => type);
const dataOf = (png: Uint8Array, wanted: string) => Buffer.concat(readChunks(png).flatMap(({ type, data }) => (type === wanted ? [data] : [])));
const withChunk = (png: Uint8Array, chunk: PngChunk) => {
  const [header, ...rest] = readChunks(png);
  return Buffer.concat([PNG_SIGNATURE, ...[header, chunk, ...rest].flatMap((one) => (one ? [one.bytes] : []))]);
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
