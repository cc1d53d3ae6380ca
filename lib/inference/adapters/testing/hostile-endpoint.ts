import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signerOfSeed } from '@/lib/keys/endpoint-signer';
import { paramsHash } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT } from '@/lib/protocol/receipt';
import type { EndpointCall, RunRequest } from '../../adapter';
import { openOutbound, type WaysOut } from '../../outbound/open-outbound';
import { signedHttpAdapter } from '../signed-http';

export const adapter = signedHttpAdapter(signerOfSeed(new Uint8Array(32)));
const open: { server: Server; ways: WaysOut }[] = [];
/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const { server, ways } of open.splice(0)) {
    await ways.close();
    server.closeAllConnections();
    server.close();
  }
}

export async function callTo(listener: RequestListener): Promise<EndpointCall<unknown>> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ways = openOutbound({ privateHosts: new Set([`127.0.0.1:${port}`]) });
  open.push({ server, ways });
  const { signal } = new AbortController();
  const url = `http://127.0.0.1:${port}/some/where/`;
  return { url, secret: null, reference: '', options: {}, http: ways.forEndpoint(url), signal, onProgress: () => {}, webhookUrl: null };
}

export const version = `0x${'a1'.repeat(32)}` as const;
const salt = `0x${'5a'.repeat(16)}` as const;
export const request: RunRequest = {
  runId: '018f4e6a-0000-7000-8000-000000000001',
  kind: 'image',
  prompt: 'a secret harbour',
  seed: 5n,
  seedKind: 'exact',
  params: {},
  inputs: [],
  receipt: { chainId: 1, collection: `0x${'c0'.repeat(20)}`, version, paramsText: '{}', salt, parent: NO_PARENT },
};
export const receipt = {
  version,
  seed: '5',
  paramsHash: paramsHash('{}'),
  promptHash: promptHash({ salt, prompt: request.prompt }),
  content: `0x${'cc'.repeat(32)}`,
  parent: NO_PARENT,
};
/** What it should answer to `request`. */
export const good = {
  run: request.runId,
  output: { type: 'image/png', data: 'iVBORw==' },
  seed: '5',
  version,
  weights: null,
  receipt,
  signature: null,
};

type Scripted = { status?: number; headers?: Record<string, string>; body: unknown };
export const answers = ({ status = 200, headers, body }: Scripted) =>
  callTo((_, response) => response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body)));
