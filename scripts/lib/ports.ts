import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errorCode } from './errors';

/** True when nothing listens on the port there. A host that this machine does not have counts as free. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error) === 'EADDRNOTAVAIL'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A port that is free at this moment. Below 32768, where systems begin to take ports for outgoing connections: one that the system picks can be
 * taken by any of those before its server, which may start minutes later, listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** The wanted port, or the next free one above it. */
export async function nextFree(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100 && port < 65_536; port++) if (await isFree(port)) return port;
  return freePort();
}
