import { readFileSync } from 'node:fs';
import { type Hex, hexToBytes } from 'viem';
import { expect, test } from 'vitest';
import { readChunks } from './png-chunks';
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
