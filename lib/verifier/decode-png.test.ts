import { concatBytes } from '@noble/hashes/utils';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { manifestOf } from '@/lib/credentials/testing/fixtures';
import { withXmp, xmpPacket } from '@/lib/credentials/xmp';
import { MAX_SIDE } from '@/lib/protocol/picture-size';
import { makeChunk, PNG_SIGNATURE, readChunks } from '@/lib/protocol/png-chunks';
import { decodePng } from './decode-png';
import { FORMS, inForm } from './testing/mutate-form';
import { seededRandom } from './testing/random';

const random = seededRandom(3);
type Raw = { width: number; height: number; channels: 1 | 2 | 3 | 4 };
const noise = ({ width, height, channels }: Raw) => Buffer.from(Array.from({ length: width * height * channels }, () => random.below(256)));
const smooth = ({ width, height, channels }: Raw) => Buffer.from(Array.from({ length: width * height * channels }, (_, i) => (i >> 2) % 256));

async function bothWays(png: Uint8Array) {
  const ours = await decodePng(png);
  const { data, info } = await sharp(png).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { ours, theirs: { raster: { width: info.width, height: info.height, rgba: new Uint8Array(data) } } };
}

/** The PNG with one chunk replaced. */
const withChunk = (png: Uint8Array, type: string, data: Uint8Array) =>
  concatBytes(PNG_SIGNATURE, ...readChunks(png).map((chunk) => (chunk.type === type ? makeChunk(type, data).bytes : chunk.bytes)));

describe('the pixels are those that sharp decodes', () => {
  test.each([1, 2, 3, 4] as const)('with %i channels, any filter, and sizes that fill no block', async (channels) => {
    for (const fill of [noise, smooth]) {
      for (const [width, height] of [
        [1, 1],
        [17, 5],
        [64, 33],
      ] as const) {
        const raw = { width, height, channels };
        const image = sharp(fill(raw), { raw });
        for (const adaptiveFiltering of [true, false]) {
          const { ours, theirs } = await bothWays(await image.clone().png({ adaptiveFiltering }).toBuffer());
          expect(ours).toEqual(theirs);
        }
      }
    }
  });

  test('with a palette of 256 colours', async () => {
    const raw = { width: 40, height: 40, channels: 3 as const };
    const png = await sharp(noise(raw), { raw }).png({ palette: true, colours: 256, dither: 0 }).toBuffer();
    expect(readChunks(png).some(({ type }) => type === 'PLTE')).toBe(true);
    const { ours, theirs } = await bothWays(png);
    expect(ours).toEqual(theirs);
  });
});

describe('a file that is not as works are is refused in words', () => {
  const raw = { width: 16, height: 16, channels: 3 as const };
  const plain = () => sharp(noise(raw), { raw }).png();
  const header = (width: number, height: number, rest: number[]) => {
    const data = new Uint8Array(13);
    new DataView(data.buffer).setUint32(0, width);
    new DataView(data.buffer).setUint32(4, height);
    data.set(rest, 8);
    return data;
  };

  test('interlaced, with 16 bits, or with a part that changes the colours', async () => {
    expect(await decodePng(await sharp(noise(raw), { raw }).png({ progressive: true }).toBuffer())).toEqual({
      problem: expect.stringContaining('interlaced'),
    });
    expect(await decodePng(await plain().toColourspace('rgb16').toBuffer())).toEqual({ problem: expect.stringContaining('8 bits') });
    expect(await decodePng(await plain().withIccProfile('p3').toBuffer())).toEqual({ problem: expect.stringContaining('iCCP') });
  });

  test.each(Object.entries(FORMS))('with %s', async (_, change) => {
    expect(await decodePng(inForm(new Uint8Array(await plain().toBuffer()), change))).toEqual({ problem: expect.any(String) });
  });

  test('though not for what somebody wrote, which stands in the XMP of a sealed work', async () => {
    const png = new Uint8Array(await plain().toBuffer());
    const sealed = withXmp(png, xmpPacket(manifestOf({ revealedPrompt: '<x tiff:Orientation="6" a=\'b\'/> & <!DOCTYPE x>\n' })));
    expect(await decodePng(sealed)).toEqual(await decodePng(png));
    expect(await decodePng(sealed)).toHaveProperty('raster');
  });

  test('with more pixels than it says, fewer, none, or more than are looked at', async () => {
    const png = new Uint8Array(await plain().toBuffer());
    const sized = async (width: number, height: number) => decodePng(withChunk(png, 'IHDR', header(width, height, [8, 2, 0, 0, 0])));
    expect(await sized(16, 15)).toEqual({ problem: expect.stringContaining('more pixels') });
    expect(await sized(16, 17)).toEqual({ problem: expect.stringContaining('fewer pixels') });
    expect(await sized(0, 16)).toEqual({ problem: expect.stringContaining('none') });
    expect(await sized(30_000, 30_000)).toEqual({ problem: expect.stringContaining('more than are looked at') });
  });

  test('with a longer side than works have, for few pixels', async () => {
    const png = new Uint8Array(await plain().toBuffer());
    for (const [width, height] of [
      [MAX_SIDE + 1, 1],
      [1, MAX_SIDE + 1],
    ] as const)
      expect(await decodePng(withChunk(png, 'IHDR', header(width, height, [8, 2, 0, 0, 0])))).toEqual({
        problem: expect.stringContaining('more than are looked at'),
      });
  });

  test('with bytes behind the end of its stream, wherever they stand and however they end', async () => {
    const png = new Uint8Array(await plain().toBuffer());
    const data = readChunks(png).find(({ type }) => type === 'IDAT')?.data ?? new Uint8Array();
    for (const behind of [
      Uint8Array.of(0),
      new TextEncoder().encode('a private thought'),
      concatBytes(Uint8Array.of(1, 2, 3), data.subarray(-4)),
      data,
    ])
      expect(await decodePng(withChunk(png, 'IDAT', concatBytes(data, behind)))).toEqual({ problem: expect.stringContaining('after its pixels') });
    const [first, idat, ...rest] = readChunks(png)
      .filter(({ type }) => ['IHDR', 'IDAT', 'IEND'].includes(type))
      .map(({ bytes }) => bytes);
    const own = makeChunk('IDAT', new TextEncoder().encode('a private thought')).bytes;
    expect(await decodePng(concatBytes(PNG_SIGNATURE, ...[first, idat, own, ...rest].map((bytes) => bytes ?? new Uint8Array())))).toEqual({
      problem: expect.stringContaining('after its pixels'),
    });
  });

  test('whose stream has a wrong checksum, or is none', async () => {
    const png = new Uint8Array(await plain().toBuffer());
    const data = Uint8Array.from(readChunks(png).find(({ type }) => type === 'IDAT')?.data ?? []);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    expect(await decodePng(withChunk(png, 'IDAT', data))).toEqual({ problem: expect.any(String) });
    expect(await decodePng(withChunk(png, 'IDAT', Uint8Array.of(1, 2, 3)))).toEqual({ problem: expect.any(String) });
    expect(await decodePng(new Uint8Array())).toEqual({ problem: expect.any(String) });
  });
});
