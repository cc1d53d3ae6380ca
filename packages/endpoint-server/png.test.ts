import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePng, encodePng } from './png';

const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31 + i * 7) % 256);

describe('PNG files', () => {
  it.each([
    [1, 1],
    [7, 3],
    [64, 65],
  ])('of %i×%i pixels come back as they were, from us and from sharp', async (width, height) => {
    const rgba = noise(width * height * 4);
    const own = encodePng({ width, height, rgba });
    expect(Buffer.from(decodePng(own).rgba).equals(Buffer.from(rgba))).toBe(true);
    expect((await sharp(own).raw().toBuffer()).equals(Buffer.from(rgba))).toBe(true);
  });
  it.each([1, 2, 3, 4] as const)('of %i samples a pixel, with every filter, are read as sharp reads them', async (channels) => {
    const raw = sharp(noise(33 * 21 * channels), { raw: { width: 33, height: 21, channels } });
    const file = await raw.png({ adaptiveFiltering: true }).toBuffer();
    const expected = await sharp(file).toColourspace('srgb').ensureAlpha().raw().toBuffer();
    expect(Buffer.from(decodePng(file).rgba).equals(expected)).toBe(true);
  });
  it('that are interlaced, have a palette, or are cut short are refused', async () => {
    const image = () => sharp(noise(16 * 16 * 3), { raw: { width: 16, height: 16, channels: 3 } });
    const files = [
      await image().png({ progressive: true }).toBuffer(),
      await image().png({ palette: true }).toBuffer(),
      encodePng({ width: 4, height: 4, rgba: noise(64) }).subarray(0, -20),
    ];
    for (const file of files) expect(() => decodePng(file)).toThrow(/PNG/);
  });
  it('that unpack to more than their size says are refused', () => {
    const large = encodePng({ width: 64, height: 64, rgba: noise(64 * 64 * 4) });
    const small = encodePng({ width: 1, height: 1, rgba: noise(4) });
    // The header of the small one, the pixels of the large one.
    expect(() => decodePng(Buffer.concat([small.subarray(0, 33), large.subarray(33)]))).toThrow(/unpacked/);
  });
});
