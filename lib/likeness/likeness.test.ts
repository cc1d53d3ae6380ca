import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bitsApart, closenessOf, differenceOf } from './compare';
import { kindOfFile } from './file-kind';
import { parseLikeness, writeLikeness } from './likeness-text';
import { readLikeness } from './read-likeness';
import { likenessInput } from './schema';
import { pictureOf } from './testing/picture-works';

const picture = pictureOf(1);
const read = (pixels: typeof picture) => readLikeness(pixels) ?? expect.fail('it has form');

/** The picture with its columns the other way round. */
function mirrored({ width, height, rgba }: typeof picture): typeof picture {
  const turned = new Uint8Array(rgba.length);
  for (let at = 0; at < width * height; at++) {
    const from = at - (at % width) + width - 1 - (at % width);
    turned.set(rgba.subarray(from * 4, from * 4 + 4), at * 4);
  }
  return { width, height, rgba: turned };
}

describe('a likeness', () => {
  test('is the same for the mirror image', () => {
    const [own, turned] = [read(picture), read(mirrored(picture))];
    expect(bitsApart(own.hash, turned.hash)).toBeLessThanOrEqual(1);
    expect(differenceOf(own.form, turned.form)).toBe(0);
  });

  test('is another for another picture', () => {
    const [own, other] = [read(picture), read(pictureOf(2))];
    expect(bitsApart(own.hash, other.hash)).toBeGreaterThan(12);
    expect(differenceOf(own.form, other.form)).toBeGreaterThan(100);
  });

  test('goes as text and comes back', () => {
    const own = read(picture);
    const { likeness } = likenessInput.parse({ likeness: writeLikeness(own) });
    expect(parseLikeness(likeness)).toEqual(own);
  });

  test('is none where there is no form', () => {
    expect(readLikeness({ width: 3, height: 2, rgba: new Uint8Array(24).fill(90) })).toBeNull();
    expect(readLikeness({ width: 1, height: 1, rgba: new Uint8Array(4) })).toBeNull();
  });

  test('of a picture of any size is read', () => {
    for (const [width, height] of [
      [1, 500],
      [63, 65],
      [200, 3],
    ] as const) {
      const likeness = readLikeness({ width, height, rgba: randomBytes(width * height * 4) });
      if (likeness) expect(likeness.hash).toBeLessThan(1n << 63n);
    }
  });
});

test('a distance is said in words', () => {
  expect([0, 5, 6, 20].map(closenessOf)).toEqual(['nearly identical', 'nearly identical', 'similar', 'similar']);
});

test('a file is what its bytes say', () => {
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
  expect(kindOfFile(bytes('\x89PNG\r\n\x1a\n...'))).toEqual({ is: 'png' });
  expect(kindOfFile(bytes('\xff\xd8\xff\xe0'))).toEqual({ is: 'picture' });
  expect(kindOfFile(bytes('RIFF....WEBPVP8 '))).toEqual({ is: 'picture' });
  expect(kindOfFile(bytes('a poem'))).toEqual({ is: 'text', text: 'a poem' });
  for (const odd of ['', 'GIF89a\0', '\xfe\xff\0a', 'a'.repeat(300_000)]) expect(kindOfFile(bytes(odd))).toEqual({ is: 'nothing' });
});
