import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseExactJson, toExactJson } from '@/lib/inference/exact-json';

export type Seen = { method: string; path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: Buffer; hungUp: boolean };
export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; bytes?: Uint8Array };

/**
 * How the next request of a path goes wrong. `status`: not handled at all. The others are handled, and then: `hang` never answers, `drop` cuts
 * the connection in the middle of the answer, `truncate` ends it in the middle, `body` says something else, `late` takes its time.
 */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'hang' | 'drop' | 'truncate' }
  | { kind: 'body'; body: string }
  | { kind: 'late'; ms: number };

export type StandIn = {
  url: string;
  /** Every request so far, in order. */
  seen: Seen[];
  /** Those of one route, such as `POST /prompt`. */
  seenAt(route: string): Seen[];
  /** Plans faults for the next requests of a route, one each. */
  fault(route: string, ...faults: Fault[]): void;
  close(): Promise<void>;
};

/** A real HTTP server on 127.0.0.1 that remembers what it was asked and fails as it is told to. `answer` is the program it stands for. */
export async function startStandIn(answer: (seen: Seen) => Promise<Reply> | Reply): Promise<StandIn> {
  const seen: Seen[] = [];
  const planned = new Map<string, Fault[]>();
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://stand-in');
    const { method = 'GET', headers } = request;
    const entry: Seen = { method, path: pathname, query, headers, body: await bodyOf(request), hungUp: false };
    seen.push(entry);
    response.on('close', () => {
      entry.hungUp = !response.writableFinished;
    });
    const fault = planned.get(`${method} ${pathname}`)?.shift();
    if (fault?.kind === 'status') return send(response, { status: fault.status, headers: fault.headers, bytes: Buffer.from(fault.body ?? '') });
    const reply = await answer(entry);
    if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'hang') return;
    send(response, fault?.kind === 'body' ? { bytes: Buffer.from(fault.body) } : reply, fault?.kind);
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    seen,
    seenAt: (route) => seen.filter(({ method, path }) => `${method} ${path}` === route),
    fault: (route, ...faults) => void planned.set(route, [...(planned.get(route) ?? []), ...faults]),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status = 200, headers, json, bytes }: Reply, fault?: Fault['kind']): void {
  const body = Buffer.from(bytes ?? (json === undefined ? '' : toExactJson(json)));
  const half = body.subarray(0, Math.floor(body.length / 2));
  const length = fault === 'truncate' ? half.length : body.length;
  response.writeHead(status, { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers, 'content-length': length });
  if (fault === 'drop') response.write(half, () => response.destroy());
  else response.end(fault === 'truncate' ? half : body);
}

/** A request's JSON with its integers exact; null where it is none. */
export function jsonOf({ body }: Seen): Record<string, unknown> | null {
  try {
    const value = parseExactJson(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
