import { createHash } from 'node:crypto';
import { CarReader } from '@ipld/car';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PublicFile } from '@/lib/mint/public-file';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { patternBytes } from '@/scripts/lib/protocol-vectors';
import { gatewayResponse } from './gateway';

/** `reads` counts how often the file was opened. */
function png(size: number): PublicFile & { bytes: Uint8Array<ArrayBuffer>; reads: number } {
  const bytes = Uint8Array.from(patternBytes(size));
  const file = { bytes, reads: 0, size, type: 'image/png' as const, extension: 'png' as const, read };
  async function read() {
    file.reads++;
    return bytes;
  }
  return file;
}
const small = png(1000);
const large = png(5 * 1024 * 1024 + 3);
let smallCid: string;
let largeCid: string;
beforeAll(async () => {
  smallCid = cidText(await fileCid(small.bytes));
  largeCid = cidText(await fileCid(large.bytes));
});

const ask = (cid: string, file: PublicFile, { query = '', method = 'GET', ...headers }: Record<string, string> = {}) =>
  gatewayResponse(new Request(`http://localhost/ipfs/${cid}${query}`, { method, headers }), cid, file);
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('a file by its CID', () => {
  it('comes as it is, with what a client needs to check it and nothing a browser would run', async () => {
    const answer = await ask(smallCid, small);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=300, must-revalidate, no-transform',
      etag: `"${smallCid}"`,
      vary: 'accept',
      'x-ipfs-path': `/ipfs/${smallCid}`,
      'x-ipfs-roots': smallCid,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(await bytesOf(answer)).toEqual(small.bytes);
  });

  it('is asked for again after minutes where it can be taken down, and never where it cannot', async () => {
    const metadata: PublicFile = { ...small, type: 'application/json', extension: 'json' };
    expect((await ask(smallCid, metadata)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable, no-transform');
    const preview: PublicFile = { ...small, type: 'image/webp', extension: 'webp' };
    expect((await ask(smallCid, preview)).headers.get('cache-control')).toBe('public, max-age=300, must-revalidate, no-transform');
  });

  it('has the same headers and no body when only they are asked for, and is not read for them', async () => {
    for (const query of ['', '?format=raw', '?format=car'])
      for (const [cid, file] of [[smallCid, small] as const, [largeCid, large] as const]) {
        const get = Object.fromEntries((await ask(cid, file, { query })).headers);
        // How long the root of a large file is shows only when it is made.
        if (query === '?format=raw' && file === large) for (const name of ['content-length', 'accept-ranges']) delete get[name];
        const reads = file.reads;
        const head = await ask(cid, file, { method: 'HEAD', query });
        expect(Object.fromEntries(head.headers)).toEqual(get);
        expect([(await bytesOf(head)).length, file.reads - reads]).toEqual([0, 0]);
      }
  });

  it('tells its length to whoever asks for the headers of a part, where a server in between drops it', async () => {
    const head = await ask(largeCid, large, { method: 'HEAD', range: 'bytes=0-0' });
    expect(head.headers.get('content-range')).toBe(`bytes 0-0/${large.size}`);
  });

  it('is not sent again, nor read, to whoever has it in that form', async () => {
    const { reads } = small;
    expect((await ask(smallCid, small, { 'if-none-match': `"other", W/"${smallCid}"` })).status).toBe(304);
    expect(small.reads).toBe(reads);
    expect((await ask(smallCid, small, { 'if-none-match': `"${smallCid}"`, query: '?format=raw' })).status).toBe(200);
  });

  it.each([
    ['bytes=2-5', 'bytes 2-5/1000', 4],
    ['bytes=990-', 'bytes 990-999/1000', 10],
    ['bytes=-3', 'bytes 997-999/1000', 3],
    ['bytes=900-5000', 'bytes 900-999/1000', 100],
  ])('comes in the part that %s names', async (range, contentRange, length) => {
    const answer = await ask(smallCid, small, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, contentRange]);
    const [first] = /\d+/.exec(contentRange) ?? [];
    expect(await bytesOf(answer)).toEqual(small.bytes.subarray(Number(first), Number(first) + length));
  });

  it.each(['bytes=1000-', 'bytes=-0'])('has no part %s', async (range) => {
    const answer = await ask(smallCid, small, { range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])('comes whole where the range is %s', async (range) => {
    expect((await ask(smallCid, small, { range })).status).toBe(200);
  });

  it('comes whole where the part was asked of another file', async () => {
    expect((await ask(smallCid, small, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200);
    expect((await ask(smallCid, small, { range: 'bytes=0-1', 'if-range': `"${smallCid}"` })).status).toBe(206);
  });
});

describe('the block of a CID', () => {
  it.each(['small', 'large'])('hashes to the CID of the %s file, whichever way it is asked for', async (which) => {
    const [cid, file] = which === 'small' ? [smallCid, small] : [largeCid, large];
    const ways: Record<string, string>[] = [{ query: '?format=raw' }, { accept: 'application/vnd.ipld.raw' }];
    for (const how of ways) {
      const answer = await ask(cid, file, how);
      expect(answer.headers.get('content-type')).toBe('application/vnd.ipld.raw');
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${cid}.bin"`);
      const digest = createHash('sha256')
        .update(await bytesOf(answer))
        .digest('hex');
      expect(digest).toBe((which === 'small' ? await fileCid(small.bytes) : await fileCid(large.bytes)).digest.slice(2));
    }
  });
});

describe('a CAR of a CID', () => {
  it('has every block, each of which hashes to its CID, the root first', async () => {
    const answer = await ask(largeCid, large, { query: '?format=car' });
    expect(answer.headers.get('content-type')).toBe('application/vnd.ipld.car; version=1; order=dfs; dups=n');
    const car = await CarReader.fromBytes(await bytesOf(answer));
    expect((await car.getRoots()).map(String)).toEqual([largeCid]);
    const blocks = [];
    for await (const { cid, bytes } of car.blocks()) {
      expect(Buffer.from(cid.multihash.digest).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
      blocks.push(cid.toString());
    }
    // Five chunks of the pattern are one block, the sixth is its own.
    expect([blocks[0], blocks.length, new Set(blocks).size]).toEqual([largeCid, 3, 3]);
  });

  it('is the root alone where only that is asked for', async () => {
    const car = await CarReader.fromBytes(await bytesOf(await ask(largeCid, large, { query: '?format=car&dag-scope=block' })));
    const blocks = [];
    for await (const { cid } of car.blocks()) blocks.push(cid.toString());
    expect(blocks).toEqual([largeCid]);
  });

  it.each(['?format=tar', '?format=car&dag-scope=some', '?format=car&car-version=2'])('is not answered to %s', async (query) => {
    await expect(ask(smallCid, small, { query })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
