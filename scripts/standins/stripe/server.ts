import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerApi } from './api';
import { control } from './control';
import { type PlannedFault, takeFault } from './faults';
import { showPage } from './pages/pages';
import type { StripeEvent } from './tables';
import { createDelivery, type Delivery, type Endpoint } from './webhooks';
import { Fault } from './wire/fault';
import type { Values } from './wire/form';
import { openWorld, type World } from './world';

export type SimulatorOptions = {
  port: number;
  secretKey: string;
  /** Where events go. Without one they are only kept. */
  webhook?: Endpoint;
  /** Waits between the attempts of one event. */
  retryDelaysMs?: number[];
  /** Where its state is kept. Without one: in memory. */
  file?: string;
};
export type Simulator = {
  url: string;
  events(): StripeEvent[];
  /** A control of control.ts. */
  act(name: string, input?: Values): unknown;
  close(): Promise<void>;
};

const MAX_BODY = 1024 * 1024;
const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000, 3_600_000];

/** A stand-in for Stripe on 127.0.0.1: the pinned version's wire format, with state, signed webhooks, and pages that say what they are. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const world = openWorld(options.file);
  const faults: PlannedFault[] = [];
  const delivery = createDelivery(world, options.webhook, options.retryDelaysMs ?? RETRY_DELAYS_MS);
  const server = createServer((request, response) => {
    handle({ world, faults, delivery, secretKey: options.secretKey }, request, response).catch((error: unknown) => {
      if (!response.headersSent) reply(response, 500, 'text/plain', error instanceof Error ? error.message : 'failed');
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve));
  const address = server.address();
  world.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : options.port}`;
  // What was on its way when it was stopped.
  void delivery.flush();
  return {
    url: world.url,
    events: () => Object.values(world.tables.events),
    act: (name, input = {}) => control(world, delivery, faults, name, input),
    close: async () => {
      delivery.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Parts = { world: World; faults: PlannedFault[]; delivery: Delivery; secretKey: string };

async function handle({ world, faults, delivery, secretKey }: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, search } = new URL(request.url ?? '/', world.url);
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  // Some other site's page in the same browser is not to press buttons here.
  if (request.headers.origin && request.headers.origin !== world.url) return reply(response, 403, 'text/plain', 'Not from there.');
  if (path.startsWith('/_simulator/')) {
    const done = await control(world, delivery, faults, path.slice('/_simulator/'.length), JSON.parse(body || '{}') as Values);
    world.save();
    return reply(response, 200, 'application/json', JSON.stringify(done ?? {}));
  }
  if (path.startsWith('/_pages/')) {
    const pressed = method === 'POST' ? new URLSearchParams(body).get('do') : null;
    return sendPage(world, path.split('/').slice(2), pressed, response);
  }
  const fault = takeFault(faults, method, path);
  if (fault === 'refuse') return void request.socket.destroy();
  const answer = answerApi(world, secretKey, { method, path, query: search.slice(1), body, headers: request.headers }, fault);
  if (fault === 'drop') return void request.socket.destroy();
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function sendPage(world: World, parts: string[], pressed: string | null, response: ServerResponse): void {
  try {
    const shown = showPage(world, parts, pressed);
    world.save();
    if ('redirect' in shown) response.writeHead(303, { location: shown.redirect }).end();
    else reply(response, 200, 'text/html; charset=utf-8', shown.page);
  } catch (error) {
    reply(response, error instanceof Fault ? error.status : 500, 'text/plain; charset=utf-8', 'Nothing is here.');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const reply = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
};
