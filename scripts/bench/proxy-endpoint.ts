import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';

// An endpoint that takes a stated time and answers with a picture of 64 px, in a process of its own.
const serviceMs = Number(process.argv[2] ?? 200);
const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 2_654_435_761) >>> 24));
const png = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
  .png()
  .toBuffer();
const server = createServer(async (request, response) => {
  for await (const _ of request);
  await sleep(serviceMs);
  response.writeHead(200, { 'content-type': 'image/png' }).end(png);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`));
