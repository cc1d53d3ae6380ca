import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Call = { method: string };
export type RpcProxy = {
  url: string;
  /** Methods in the order they were asked. */
  asked: string[];
  /** Asked for each transaction that is broadcast. */
  swallows: () => boolean;
  /** What happens on the chain just before a method gets its answer. */
  before: (method: string) => Promise<void>;
  stop(): Promise<void>;
};

/** Stands between the app and a node. Of transactions it swallows, the node gets them and the answer is lost on its way back. */
export async function startRpcProxy(target: string): Promise<RpcProxy> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    await answer(body, response);
  });
  const proxy: RpcProxy = {
    url: '',
    asked: [],
    swallows: () => false,
    before: async () => {},
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  async function answer(body: string, response: ServerResponse): Promise<void> {
    const calls = [JSON.parse(body) as Call | Call[]].flat();
    proxy.asked.push(...calls.map(({ method }) => method));
    for (const { method } of calls) await proxy.before(method);
    const upstream = await fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    const text = await upstream.text();
    if (calls.some(({ method }) => method === 'eth_sendRawTransaction') && proxy.swallows()) response.destroy();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
