import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hexToBytes } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cidText } from '@/lib/protocol/cid';
import { fileCid } from '@/lib/protocol/file-cid';
import { metadataCid, tokenIdOf } from '@/lib/protocol/metadata';
import { fetchToken } from './fetch-token';

const vectors = JSON.parse(readFileSync('contracts/test/vectors/protocol.json', 'utf8')) as { png: { with: `0x${string}` } };
const file = hexToBytes(vectors.png.with);
const held = new Map<string, Uint8Array | string>();
const collection = `0x${'11'.repeat(20)}` as const;
let server: Server;
let gateway: string;
let image: string;

beforeAll(async () => {
  image = cidText(await fileCid(file));
  server = createServer((request, response) => {
    const bytes = held.get((request.url ?? '').replace('/ipfs/', ''));
    response.writeHead(bytes ? 200 : 404).end(bytes);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  gateway = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function tokenWith(metadata: string, served = metadata) {
  const tokenId = tokenIdOf(metadata);
  held.set(cidText(metadataCid(tokenId)), served);
  return { collection, tokenId };
}

test('brings the file that the token’s number leads to', async () => {
  const metadata = `{"image":"ipfs://${image}"}`;
  held.set(image, file);
  expect(await fetchToken(gateway, tokenWith(metadata))).toEqual({ metadata, file });
});

test('takes nothing that does not have the digest it is named by', async () => {
  held.set(image, file);
  await expect(fetchToken(gateway, tokenWith(`{"image":"ipfs://${image}","a":1}`, '{}'))).rejects.toThrow('other metadata');
  held.set(
    image,
    file.map((byte, i) => (i === 60 ? byte ^ 1 : byte)),
  );
  await expect(fetchToken(gateway, tokenWith(`{"image":"ipfs://${image}","b":1}`))).rejects.toThrow('another file');
  await expect(fetchToken(gateway, tokenWith('{"image":"https://elsewhere.example/a.png"}'))).rejects.toThrow('not a CID');
  held.clear();
  await expect(fetchToken(gateway, { collection, tokenId: `0x${'12'.repeat(32)}` })).rejects.toThrow('404');
});
