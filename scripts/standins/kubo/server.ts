import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { addFile } from './add';
import { type KuboFault, sendFault } from './fault';
import { removePin } from './remove';

export type KuboOptions = {
  /** What the Authorization header has to be, where the node asks for one. */
  authorization?: string;
  /** Bytes of a chunk whatever is asked for: a node that imports as its owner likes. */
  chunkBytes?: number;
  /** What happens, once, after the first file was sent and before it is kept. */
  before?: () => Promise<void>;
};
export type KuboStandIn = {
  url: string;
  /** CIDs that are pinned, in the order they came. */
  pins(): string[];
  /** The next `count` calls fail like this. */
  fail(fault: KuboFault, count: number): void;
  close(): Promise<void>;
};

const MAX_BODY_BYTES = 100 * 1024 * 1024;

/** A stand-in for the RPC of a Kubo node on 127.0.0.1. Keeps CIDs and no files. README.md says what of it is Kubo's and what is not. */
export async function startKubo(options: KuboOptions = {}): Promise<KuboStandIn> {
  const pins = new Set<string>();
  const faults: KuboFault[] = [];
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendFault(response, 500, error instanceof Error ? error.message : 'failed'));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://kubo');
    if (request.method !== 'POST') return void response.writeHead(405, { allow: 'OPTIONS, POST' }).end('405 - Method Not Allowed\n');
    if (request.headers.origin) return void response.writeHead(403).end('403 - Forbidden\n');
    if (options.authorization && request.headers.authorization !== options.authorization)
      return void response
        .writeHead(403)
        .end('Kubo RPC Access Denied: Please provide a valid authorization token as defined in the API.Authorizations configuration.\n');
    if (pathname === '/api/v0/pin/rm') return removePin({ query: searchParams, pins }, faults.shift(), response);
    if (pathname !== '/api/v0/add') return void response.writeHead(404).end('404 page not found\n');
    const body = await readBody(request);
    const { before } = options;
    delete options.before;
    await before?.();
    await addFile(
      { body, type: request.headers['content-type'] ?? '', query: searchParams, pins, chunkBytes: options.chunkBytes },
      faults.shift(),
      response,
    );
  }
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    pins: () => [...pins],
    fail: (fault, count) => void faults.push(...Array.from({ length: count }, () => fault)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new Error('too much');
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
