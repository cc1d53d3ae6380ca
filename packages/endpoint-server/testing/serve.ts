import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndpointRunRequest } from '../../../lib/protocol/endpoint-contract';
import { NO_PARENT } from '../../../lib/protocol/receipt';
import { type RequestSigner, signRequest } from '../../../lib/protocol/signed-request';
import { type Endpoint, startEndpoint } from '../endpoint';
import type { Model } from '../model';
import { type PublicKey, type Settings, settingsSchema } from '../settings';

export const VERSION = `0x${'a1'.repeat(32)}` as const;
export const COLLECTION = `0x${'c0'.repeat(20)}` as const;
export const CHAIN_ID = 31_337;

/** A platform key, and how the server knows it. */
export function platformKey(keyId = 'platform-1'): { signer: RequestSigner; jwk: PublicKey } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { signer: { keyId, sign: (message) => sign(null, message, privateKey) }, jwk: { kty: 'OKP', crv: 'Ed25519', x, kid: keyId } };
}
export const platform = platformKey();

const opened: { endpoint: Endpoint; folder: string }[] = [];

/** A server on a free port of this machine, in a folder of its own or in that of one before it. */
export async function serve(model: Model, changes: Partial<Settings> = {}, folder = mkdtempSync(join(tmpdir(), 'endpoint-'))) {
  const settings = settingsSchema.parse({
    port: 0,
    model: 'none',
    platformKeys: [platform.jwk],
    versions: [VERSION],
    chainId: CHAIN_ID,
    collections: [COLLECTION],
    keyFile: join(folder, 'key'),
    dataDir: join(folder, 'runs'),
    answerWithinMs: 2_000,
    ...changes,
  });
  const endpoint = await startEndpoint(settings, model);
  opened.push({ endpoint, folder });
  return { ...endpoint, folder };
}

/** A port that nobody had a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** For `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const { endpoint, folder } of opened.splice(0)) {
    await endpoint.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const runRequest = (changes: Partial<EndpointRunRequest> = {}): EndpointRunRequest => ({
  contract: 1,
  run: randomUUID(),
  kind: 'image',
  chainId: CHAIN_ID,
  collection: COLLECTION,
  version: VERSION,
  seed: '7',
  seedKind: 'exact',
  params: '{"height":"1","width":"2"}',
  prompt: 'a plate',
  salt: `0x${'5a'.repeat(16)}`,
  parent: NO_PARENT,
  inputs: [],
  deadline: Math.floor(Date.now() / 1000) + 60,
  ...changes,
});

type Sent = { method?: string; path?: string; body?: string; headers?: Record<string, string> };
type Sending = { signer?: RequestSigner; nowMs?: number; tamper?: (sent: Required<Sent>) => Sent };

/** Signs a request, lets `tamper` change what goes over the wire, and gives status, headers and parsed body. */
export async function ask(url: string, { method = 'POST', path = '/runs', body = '' }: Sent, sending: Sending = {}) {
  const { signer = platform.signer, nowMs, tamper } = sending;
  const signed = { method, path, body, headers: await signRequest({ method, url: `${url}${path}`, body }, signer, nowMs) };
  const wire = { ...signed, ...tamper?.(signed) };
  const answer = await fetch(`${url}${wire.path}`, { method: wire.method, headers: wire.headers, body: wire.body || undefined });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text ? JSON.parse(text) : null };
}
