import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import * as chat from '../chat/completions/route';
import * as file from '../files/[link]/route';
import * as events from '../generations/[id]/events/route';
import * as run from '../generations/[id]/route';
import * as runs from '../generations/route';
import * as images from '../images/generations/route';
import * as mcp from '../mcp/route';
import * as me from '../me/route';
import * as model from '../models/[slug]/route';
import * as schema from '../models/[slug]/schema/route';
import * as models from '../models/route';
import * as quotes from '../quotes/route';
import * as upload from '../uploads/[content]/route';
import * as uploads from '../uploads/route';
import * as verify from '../verify/route';
import * as workFile from '../works/[id]/file/route';
import * as receipt from '../works/[id]/receipt/route';
import * as work from '../works/[id]/route';
import * as text from '../works/[id]/text/route';
import * as paidRuns from '../x402/models/[slug]/runs/route';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const routes: [string, object][] = [
  ['/chat/completions', chat],
  ['/files/:link', file],
  ['/generations/:id/events', events],
  ['/generations/:id', run],
  ['/generations', runs],
  ['/images/generations', images],
  ['/me', me],
  ['/mcp', mcp],
  ['/models/:slug/schema', schema],
  ['/models/:slug', model],
  ['/models', models],
  ['/quotes', quotes],
  ['/uploads/:content', upload],
  ['/uploads', uploads],
  ['/verify', verify],
  ['/works/:id/file', workFile],
  ['/works/:id/receipt', receipt],
  ['/works/:id/text', text],
  ['/works/:id', work],
  ['/x402/models/:slug/runs', paidRuns],
];

/** The route of a path, by the names of the folders, and what the path says in them. */
function find(method: string, pathname: string): { handler: Handler; params: Record<string, string> } | null {
  for (const [pattern, module] of routes) {
    const match = new RegExp(`^/api/v1${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(pathname);
    const handler = match && (module as Record<string, Handler>)[method];
    if (handler) return { handler, params: { ...match.groups } };
  }
  return null;
}

function toRequest(message: IncomingMessage, origin: string): { request: Request; hangUp: () => void } {
  const gone = new AbortController();
  const { method = 'GET' } = message;
  const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  const init = { method, headers: message.headers as Record<string, string>, body, signal: gone.signal, duplex: 'half' };
  return { request: new Request(new URL(message.url ?? '/', origin), init), hangUp: () => gone.abort() };
}

/** The gateway's routes behind a server of their own, for clients that speak HTTP. */
export async function serveGateway(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer(async (message, response) => {
    const { request, hangUp } = toRequest(message, origin);
    response.on('close', hangUp);
    const found = find(request.method, new URL(request.url).pathname);
    const answer = found ? await found.handler(request, { params: Promise.resolve(found.params) }) : new Response(null, { status: 404 });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
