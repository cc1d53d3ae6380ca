import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type AnswerProxy = {
  url: string;
  /** Told of each call ("POST /v1/transfers") that the other side has done, before its answer goes back. */
  beforeAnswer: (call: string) => void;
  stop(): Promise<void>;
};

/** Stands between a worker and Stripe's stand-in, where a worker can be killed after what it asked for was done and before it knows. */
export async function startAnswerProxy(target: string): Promise<AnswerProxy> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host, connection, 'content-length': length, ...headers } = request.headers as Record<string, string>;
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    const answer = await fetch(`${target}${request.url}`, { method: request.method, headers, body });
    const text = await answer.text();
    proxy.beforeAnswer(`${request.method} ${request.url}`);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text);
  });
  const proxy: AnswerProxy = {
    url: '',
    beforeAnswer: () => {},
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
