import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chainReader, httpRequest } from './chain-reader';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'a');
let server: Server;
const MOST = 150;
let sent = 0;
let address: string;

/** A node that answers by what it is asked at. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const flood = () => {
      if (response.destroyed || sent === MOST) return void response.end();
      sent += 1;
      response.write(MEGABYTE, () => setImmediate(flood));
    };
    if (request.url === '/flood') return flood();
    if (request.url === '/packed')
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * MEGABYTE.length, ' ')));
    if (request.url === '/empty') return response.writeHead(204).end();
    response.end('{"result":"0x7a69"}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const chainIdAt = (path: string) => chainReader(httpRequest(`${address}${path}`)).chainId();

test('a node’s answer is read', async () => {
  expect(await chainIdAt('/')).toBe(31_337);
  await expect(chainIdAt('/empty')).rejects.toThrow('status 204');
});

test('a node that sends and sends, or packs megabytes of nothing, is cut off after 4 MB', async () => {
  await expect(chainIdAt('/flood')).rejects.toThrow('too long');
  expect(sent).toBeLessThan(MOST / 2);
  await expect(chainIdAt('/packed')).rejects.toThrow('too long');
});
