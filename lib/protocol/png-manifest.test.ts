import { readFileSync } from 'node:fs';
import { concatBytes } from '@noble/hashes/utils';
import { type Hex, hexToBytes } from 'viem';
import { expect, test } from 'vitest';
import { makeChunk, PNG_SIGNATURE, readChunks } from './png-chunks';
import { readManifest, writeManifest } from './png-manifest';
import { readRecord, writeRecord } from './png-record';
import type { WorkRecord } from './work-record';

const { png } = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { png: { without: Hex; record: WorkRecord } };
const bare = hexToBytes(png.without);
const text = '{"name":"größer 🪶"}';

test('is read back as it was, and beside the record, whichever was written first', () => {
  for (const file of [writeRecord(writeManifest(bare, text), png.record), writeManifest(writeRecord(bare, png.record), text)]) {
    expect(readManifest(file)).toBe(text);
    expect(readRecord(file)).toEqual(png.record);
    expect(readChunks(file).at(-1)?.type).toBe('IEND');
  }
});

test('is there once, whatever the file had before, and a file without one has none', () => {
  expect(readManifest(bare)).toBeNull();
  const twice = writeManifest(writeManifest(bare, 'former'), text);
  expect(twice).toEqual(writeManifest(bare, text));
});

test('takes little room, and a stream that unpacks to more than a manifest can have is cut off', () => {
  const long = JSON.stringify(Array.from({ length: 400 }, (_, i) => ({ type: 'integer', title: `Parameter ${i}` })));
  expect(writeManifest(bare, long).length - bare.length).toBeLessThan(long.length / 4);
  const bomb = writeManifest(bare, 'a'.repeat(50_000_000));
  expect(readManifest(bomb)?.length).toBeLessThan(3_000_000);
});

test('that cannot be unpacked is another text, and no error', () => {
  const chunks = readChunks(writeManifest(bare, text));
  const [end, manifest] = [chunks.pop(), chunks.pop()];
  const data = (manifest?.data ?? new Uint8Array()).map((byte, i) => (i > 25 ? byte ^ 0xff : byte));
  const broken = concatBytes(PNG_SIGNATURE, ...chunks.map(({ bytes }) => bytes), makeChunk('iTXt', data).bytes, end?.bytes ?? new Uint8Array());
  expect(readManifest(broken)).not.toBe(text);
});
