import { readFileSync } from 'node:fs';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import { type Hex, hexToBytes } from 'viem';
import { describe, expect, it } from 'vitest';
import { makeChunk, PNG_SIGNATURE, readChunks } from './png-chunks';
import { readRecord, writeRecord } from './png-record';
import type { WorkRecord } from './work-record';

const { png } = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { png: { without: Hex; with: Hex; record: WorkRecord } };
const bare = hexToBytes(png.without);
const sealed = hexToBytes(png.with);

/** The sealed file with the text of its record chunk replaced, CRC made right again. */
function withRecordData(change: (data: Uint8Array) => Uint8Array): Uint8Array {
  const chunks = readChunks(sealed).map((chunk) => (chunk.type === 'iTXt' ? makeChunk('iTXt', change(chunk.data)) : chunk));
  return concatBytes(PNG_SIGNATURE, ...chunks.map(({ bytes }) => bytes));
}
const withText = (text: string) => withRecordData(() => utf8ToBytes(`intaglio.record\0\0\0\0\0${text}`));
const textOf = (record: unknown) => JSON.stringify(record);

describe('a record in a PNG', () => {
  it('comes back as it was written', () => {
    expect(readRecord(sealed)).toEqual(png.record);
  });

  it('is null where the file has none', () => {
    expect(readRecord(bare)).toBeNull();
  });

  it('stands right before the end, and leaves every other byte alone', () => {
    const chunks = readChunks(sealed);
    expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'iTXt', 'IEND']);
    expect(chunks.filter(({ type }) => type !== 'iTXt').map(({ bytes }) => bytes)).toEqual(readChunks(bare).map(({ bytes }) => bytes));
  });

  it('replaces the one that was there', () => {
    const { label: _, traits: __, evolve: ___, ...first } = png.record;
    expect(writeRecord(writeRecord(bare, first), png.record)).toEqual(sealed);
  });

  it('is refused where the file carries two', () => {
    const [header, pixels, record, end] = readChunks(sealed).map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    expect(() => readRecord(concatBytes(PNG_SIGNATURE, header, pixels, record, record, end))).toThrow('more than one');
  });

  it('is refused in another kind of text chunk, or compressed', () => {
    const [header, pixels, , end] = readChunks(sealed).map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const plain = makeChunk('tEXt', utf8ToBytes(`intaglio.record\0{}`)).bytes;
    expect(() => readRecord(concatBytes(PNG_SIGNATURE, header, pixels, plain, end))).toThrow('form');
    expect(() => readRecord(withRecordData((data) => data.map((byte, i) => (i === 16 ? 1 : byte))))).toThrow('form');
  });

  it('is refused when any byte of the file is changed, unless the record still reads as it was', () => {
    for (let i = 0; i < sealed.length; i++) {
      const changed = sealed.slice();
      changed[i] = (changed[i] as number) ^ 0x01;
      let read: WorkRecord | null = null;
      try {
        read = readRecord(changed);
      } catch {
        continue;
      }
      expect(read, `byte ${i}`).toEqual(png.record);
      throw new Error(`byte ${i} was changed unseen`);
    }
  });

  it('is refused with bytes after the end, or cut short', () => {
    expect(() => readRecord(concatBytes(sealed, new Uint8Array([0])))).toThrow('after its end');
    for (let length = 0; length < sealed.length; length += 7) expect(() => readRecord(sealed.subarray(0, length))).toThrow();
  });

  it.each([
    ['an unknown field', { ...png.record, more: 1 }],
    ['another version', { ...png.record, v: 2 }],
    ['a seed above uint64', { ...png.record, receipt: { ...png.record.receipt, seed: '18446744073709551616' } }],
    ['a seed as a number', { ...png.record, receipt: { ...png.record.receipt, seed: 7 } }],
    ['upper-case hex', { ...png.record, signature: png.record.signature.toUpperCase().replace('X', 'x') }],
    ['a label without traits', { ...png.record, traits: undefined }],
    ['evolve terms', { ...png.record, evolve: '0x00' }],
    ['a base that leaves its string', { ...png.record, base: 'https://x/"' }],
    ['a text in a work of kind image', { ...png.record, text: 'words' }],
    ['no text in a work of kind text', { ...png.record, kind: 'text' }],
    ['a text that begins as the hashed bytes of a picture do', { ...png.record, kind: 'text', text: '\0\0\0\u0002' }],
    ['half a character', { ...png.record, kind: 'text', text: 'a\ud800' }],
  ])('is refused with %s', (_, record) => {
    expect(() => readRecord(withText(textOf(record)))).toThrow('not valid');
  });

  it('is refused in another order or with spaces: one record, one text', () => {
    expect(() => readRecord(withText(textOf(png.record)))).toThrow('canonical');
    expect(() => readRecord(withText('{'))).toThrow('JSON');
  });
});
