import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { toExactJson } from '@/lib/inference/exact-json';

export type Seen = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: Buffer; hungUp: boolean };
/** `json` may hold bigints. */
export type Reply = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array; json?: unknown };

/**
 * What goes wrong with a request: the vendor's refusal in place of its work (`reply`), or its work done and the answer lost (`hang`, `drop`),
 * broken off (`cut`), complete but half (`half`), something else (`garbage`, `body`), or some time after (`late`).
 */
export type Wrong =
  | { reply: Reply }
  | { kind: 'hang' | 'drop' | 'cut' | 'half' | 'garbage' }
  | { kind: 'body'; body: string }
  | { kind: 'late'; ms: number };
/** Of requests whose method and path match: a pattern, or one route such as `POST /prompt`. */
export type Fault = { on: RegExp | string; times?: number } & Wrong;

export type StandIn = {
  url: string;
  /** As the outbound guard names hosts that may be private. */
  host: string;
  seen: Seen[];
  fault(fault: Fault): void;
  /** One fault for each of the next requests of a route. */
  faultOnce(route: string, ...wrong: Wrong[]): void;
  /** The requests of one route. */
  seenAt(route: string): Seen[];
  /** How many requests matched, by "METHOD /path". */
  count(on: RegExp): number;
  /** Forgets requests and faults. */
  reset(): void;
  close(): Promise<void>;
};

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** A server on 127.0.0.1, on any free port unless one is given, that answers as `handle` says, notes every request, and fails on demand. */
export async function serve(handle: (seen: Seen, url: string) => Reply | Promise<Reply>, port = 0): Promise<StandIn> {
  const seen: Seen[] = [];
  const faults: (Fault & { left: number })[] = [];
  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => response.headersSent || response.writeHead(500).end(String(error)));
  });
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', url);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const one = { method: request.method ?? 'GET', path, query, headers: request.headers, body: Buffer.concat(chunks), hungUp: false };
    seen.push(one);
    response.on('close', () => {
      one.hungUp = !response.writableFinished;
    });
    const route = `${one.method} ${path}`;
    const fault = faults.find(({ on, left }) => left > 0 && (typeof on === 'string' ? on === route : on.test(route)));
    if (fault) fault.left -= 1;
    if (fault && 'reply' in fault) return send(response, fault.reply);
    const reply = await handle(one, url);
    if (fault) return spoil(response, reply, fault);
    send(response, reply);
  }
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const url = `http://${host}`;
  return {
    url,
    host,
    seen,
    fault: (fault) => void faults.push({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    faultOnce: (route, ...wrong) => void faults.push(...wrong.map((one) => ({ ...one, on: route, left: 1 }))),
    seenAt: (route) => seen.filter(({ method, path }) => `${method} ${path}` === route),
    count: (on) => seen.filter(({ method, path }) => on.test(`${method} ${path}`)).length,
    reset: () => {
      seen.length = 0;
      faults.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, ...reply }: Reply): void {
  response.writeHead(status, { ...(reply.json !== undefined && { 'content-type': 'application/json' }), ...headers }).end(bodyOf(reply));
}

const bodyOf = ({ body = '', json }: Reply) => Buffer.from(json === undefined ? body : toExactJson(json));

async function spoil(response: ServerResponse, reply: Reply, wrong: Exclude<Wrong, { reply: Reply }>): Promise<void> {
  const { status = 200, headers } = reply;
  const bytes = bodyOf(reply);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (wrong.kind === 'drop') response.socket?.destroy();
  else if (wrong.kind === 'half') response.writeHead(status, headers).end(half);
  else if (wrong.kind === 'garbage') response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Welcome</body></html>');
  else if (wrong.kind === 'body') response.writeHead(200).end(wrong.body);
  else if (wrong.kind === 'cut') {
    response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
    response.write(half, () => response.socket?.destroy());
  } else if (wrong.kind === 'late') {
    await new Promise((resolve) => setTimeout(resolve, wrong.ms));
    send(response, reply);
  }
}
