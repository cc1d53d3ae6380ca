import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOutbound } from '@/lib/inference/outbound/open-outbound';

export type Received = { headers: IncomingHttpHeaders; body: string };
export type Receiver = {
  url: string;
  received: Received[];
  /** Answered to each message from now on; null: nothing, ever. */
  answer(status: number | null, headers?: Record<string, string>): void;
  outbound: ReturnType<ReturnType<typeof openOutbound>['forEndpoint']>;
  close(): Promise<void>;
};

/** Somebody's machine that takes messages, and a way out that may reach it, though it is not on the public internet. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let reply: { status: number | null; headers?: Record<string, string> } = { status: 204 };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (reply.status !== null) response.writeHead(reply.status, reply.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ways = openOutbound({ privateHosts: new Set([host]) });
  return {
    url: `http://${host}/hooks`,
    received,
    answer: (status, headers) => {
      reply = { status, headers };
    },
    outbound: ways.forEndpoint(`http://${host}/`),
    close: async () => {
      await ways.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
