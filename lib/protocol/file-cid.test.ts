import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vectors from '@/contracts/test/vectors/protocol.json';
import { patternBytes } from '@/scripts/lib/protocol-vectors';
import { unixfsCid } from '@/scripts/standins/kubo/unixfs-cid';
import { cidText, DAG_PB, parseCid, RAW } from './cid';
import { fileCid, MAX_RAW_BYTES } from './file-cid';
import { fileDag } from './file-dag';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}
const bytesField = (field: number, bytes: Uint8Array | number[]) => [(field << 3) | 2, ...varint(bytes.length), ...bytes];
const numberField = (field: number, value: number) => [field << 3, ...varint(value)];

/** The root of a file of up to 1,024 raw chunks, written from the dag-pb and UnixFS specifications with no library: a second opinion. */
function rootDigest(file: Uint8Array): string {
  const chunks = Array.from({ length: Math.ceil(file.length / MAX_RAW_BYTES) }, (_, i) => file.subarray(i * MAX_RAW_BYTES, (i + 1) * MAX_RAW_BYTES));
  const links = chunks.flatMap((chunk) => {
    const cid = [0x01, 0x55, 0x12, 0x20, ...sha256(chunk)];
    return bytesField(2, [...bytesField(1, cid), ...bytesField(2, []), ...numberField(3, chunk.length)]);
  });
  const unixfs = [...numberField(1, 2), ...numberField(3, file.length), ...chunks.flatMap((chunk) => numberField(4, chunk.length))];
  return `0x${sha256(new Uint8Array([...links, ...bytesField(1, unixfs)])).toString('hex')}`;
}

describe('the CID of a file', () => {
  it('is one raw block up to 1 MiB', async () => {
    const file = patternBytes(MAX_RAW_BYTES);
    expect(await fileCid(file)).toEqual({ codec: RAW, digest: `0x${sha256(file).toString('hex')}` });
  });

  it.each([MAX_RAW_BYTES + 1, 2 * MAX_RAW_BYTES, 5 * MAX_RAW_BYTES + 3])(
    'is the dag-pb root that the specifications give for %d bytes',
    async (bytes) => {
      const file = patternBytes(bytes);
      expect(await fileCid(file)).toEqual({ codec: DAG_PB, digest: rootDigest(file) });
    },
  );

  it.each(vectors.files.items)('is, of $bytes bytes, what another implementation makes of the committed vector', async ({ bytes, cid }) => {
    expect(await unixfsCid(patternBytes(bytes), { chunkBytes: MAX_RAW_BYTES, linksPerNode: 1024 })).toBe(cid);
  });

  it('is that of the first of its blocks, each of which hashes to its own', async () => {
    for (const bytes of [17, MAX_RAW_BYTES, 5 * MAX_RAW_BYTES + 3]) {
      const file = patternBytes(bytes);
      const blocks = await fileDag(file);
      expect(blocks[0].cid.toString()).toBe(cidText(await fileCid(file)));
      for (const block of blocks) expect(Buffer.from(block.cid.multihash.digest)).toEqual(sha256(block.bytes));
      const leaves = blocks.filter(({ cid }) => cid.code === RAW);
      expect(Buffer.concat(leaves.map((leaf) => leaf.bytes)).equals(file)).toBe(true);
    }
  });

  it('comes back from its text', async () => {
    for (const bytes of [0, 17, MAX_RAW_BYTES + 1]) {
      const cid = await fileCid(patternBytes(bytes));
      expect(parseCid(cidText(cid))).toEqual(cid);
    }
  });

  it.each(['QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG', 'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua', 'nonsense', ''])(
    'is not %j',
    (text) => {
      expect(() => parseCid(text)).toThrow('CID');
    },
  );
});
