import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { differenceHash } from './image-hashes';
import { localModeration } from './moderation';

const SIDE = 256;
/** A picture of soft shapes, of its own for each `phase`. */
function shapes(phase: number) {
  const rgba = Buffer.alloc(SIDE * SIDE * 4, 255);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = 128 + 110 * Math.sin(x / (19 + phase) + phase) * Math.cos(y / (23 - phase) + c);
  }
  return { width: SIDE, height: SIDE, rgba: new Uint8Array(rgba) };
}

beforeAll(async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'intaglio-hashes-')), 'hashes.txt');
  writeFileSync(path, `# pictures we know\n${(await differenceHash(shapes(1))).toString(16).padStart(16, '0')} # the first\nnot a hash\n`);
  process.env.MODERATION_IMAGE_HASHES = path;
  process.env.MODERATION_PHRASES = 'Forbidden Name, another thing';
  process.env.WRAPPING_KEY ??= '11'.repeat(32);
  process.env.DATABASE_URL ??= 'postgresql://u@127.0.0.1/x';
  process.env.RPC_URL ??= 'http://127.0.0.1:1';
});

describe('a text', () => {
  test.each([
    'a naked child',
    'NAKED … in a room, a ch1ld',
    'nákéd chíld',
    'n.a.k.e.d child',
    'portrait of forbidden name',
    'Forbidden   NAME, oil on canvas',
  ])('%s is not run', async (text) => {
    expect(await localModeration.checkText(text)).toMatch(/minors|listed phrase/);
  });
  test.each(['a child playing in the snow', 'a nude in the manner of Ingres', 'unforbidden names', 'Essex, a sextant and a kidney', ''])(
    '%s is run',
    async (text) => {
      expect(await localModeration.checkText(text)).toBeNull();
    },
  );
});

describe('a picture', () => {
  test('of the list is found when it is the same, smaller, brighter or compressed, and others are not', async () => {
    const known = shapes(1);
    expect(await localModeration.checkImage(known)).toBe('listed picture');
    const image = sharp(known.rgba, { raw: { width: SIDE, height: SIDE, channels: 4 } });
    const changed = [image.clone().resize(120, 120), image.clone().modulate({ brightness: 1.1 }), image.clone().jpeg({ quality: 40 })];
    for (const one of changed) {
      const decoded = sharp(await one.png().toBuffer())
        .ensureAlpha()
        .raw();
      const { data, info } = await decoded.toBuffer({ resolveWithObject: true });
      expect(await localModeration.checkImage({ width: info.width, height: info.height, rgba: data })).toBe('listed picture');
    }
    for (const phase of [4, 7, 11]) expect(await localModeration.checkImage(shapes(phase))).toBeNull();
  });
});
