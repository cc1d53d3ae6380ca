import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { signerOfSeed } from '@/lib/keys/endpoint-signer';
import { paramsHash } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { NO_PARENT } from '@/lib/protocol/receipt';
import type { EndpointCall, RunRequest } from '../adapter';
import { type Outbound, openOutbound } from '../outbound/open-outbound';
import { runOnEndpoint } from '../run-on-endpoint';
import { signedHttpAdapter } from './signed-http';

// What a hostile or broken endpoint can answer. Runs as they should be are tested with the real server (packages/endpoint-server).

const adapter = signedHttpAdapter(signerOfSeed(new Uint8Array(32)));
const open: { server: Server; http: Outbound }[] = [];
afterEach(async () => {
  for (const { server, http } of open.splice(0)) {
    await http.close();
    server.closeAllConnections();
    server.close();
  }
});

async function callTo(listener: RequestListener): Promise<EndpointCall<unknown>> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const http = openOutbound({ privateHosts: new Set([`127.0.0.1:${port}`]) });
  open.push({ server, http });
  const { signal } = new AbortController();
  const url = `http://127.0.0.1:${port}/some/where/`;
  return { url, secret: null, reference: '', options: {}, http, signal, onProgress: () => {}, webhookUrl: null };
}

const version = `0x${'a1'.repeat(32)}` as const;
const salt = `0x${'5a'.repeat(16)}` as const;
const request: RunRequest = {
  runId: '018f4e6a-0000-7000-8000-000000000001',
  kind: 'image',
  prompt: 'a secret harbour',
  seed: 5n,
  seedKind: 'exact',
  params: {},
  inputs: [],
  receipt: { chainId: 1, collection: `0x${'c0'.repeat(20)}`, version, paramsText: '{}', salt, parent: NO_PARENT },
};
const receipt = {
  version,
  seed: '5',
  paramsHash: paramsHash('{}'),
  promptHash: promptHash({ salt, prompt: request.prompt }),
  content: `0x${'cc'.repeat(32)}`,
  parent: NO_PARENT,
};
const good = { run: request.runId, output: { type: 'image/png', data: 'iVBORw==' }, seed: '5', version, weights: null, receipt, signature: null };

type Scripted = { status?: number; headers?: Record<string, string>; body: unknown };
const answers = ({ status = 200, headers, body }: Scripted) =>
  callTo((_, response) => response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body)));

describe('answers that are not of the contract', () => {
  it.each<[string, unknown]>([
    ['no JSON', '<html>hello</html>'],
    ['half of it', JSON.stringify(good).slice(0, -20)],
    ['nothing', ''],
    ['null', 'null'],
    ['no receipt', { ...good, receipt: undefined }],
    ['no output', { ...good, output: null }],
    ['an output of another type', { ...good, output: { type: 'image/svg+xml', data: 'AAAA' } }],
    ['a picture without bytes', { ...good, output: { type: 'image/png', data: '' } }],
    ['a seed that is a number', { ...good, seed: 5 }],
    ['a seed above uint64', { ...good, seed: (2n ** 64n).toString() }],
    ['a short signature', { ...good, signature: '0x1234' }],
    ['another run', { ...good, run: request.runId.replace(/1$/, '2') }],
    ['a receipt of another seed', { ...good, receipt: { ...receipt, seed: '6' } }],
    ['a receipt of another prompt', { ...good, receipt: { ...receipt, promptHash: NO_PARENT } }],
    ['a receipt of other parameters', { ...good, receipt: { ...receipt, paramsHash: NO_PARENT } }],
    ['a receipt of another parent', { ...good, receipt: { ...receipt, parent: version } }],
    ['a receipt of another version', { ...good, receipt: { ...receipt, version: NO_PARENT } }],
  ])('%s is garbage', async (_name, body) => {
    await expect(adapter.submit(await answers({ body }), request)).rejects.toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });
  it('the same answer as it should be is taken', async () => {
    expect(await adapter.submit(await answers({ body: { ...good, more: 1 } }), request)).toMatchObject({
      kind: 'done',
      result: { seedReported: 5n, modelReported: version, signature: null, raw: { run: request.runId } },
    });
  });
  it('more than 64 MB is garbage', async () => {
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    const call = await callTo((_, response) => {
      const write = (left: number): void => void (left > 0 ? response.write(piece, () => write(left - 1)) : response.end());
      write(66);
    });
    await expect(adapter.submit(call, request)).rejects.toMatchObject({ fault: 'garbage' });
  });
  it('a connection that breaks off is unreachable', async () => {
    const call = await callTo((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"run":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(adapter.submit(call, request)).rejects.toMatchObject({ fault: 'unreachable', charged: 'maybe' });
  });
  it('another version is reported, and not taken for the one that was asked for', async () => {
    const other = `0x${'b2'.repeat(32)}`;
    const body = { ...good, version: other, receipt: { ...receipt, version: other } };
    expect(await adapter.submit(await answers({ body }), request)).toMatchObject({ result: { modelReported: other } });
  });
});

describe('answers that say no', () => {
  const problem = (code: string, detail?: string) => ({ type: 'about:blank', title: 'x', status: 400, code, detail });
  it.each<[number, unknown, object]>([
    [401, problem('bad_signature'), { fault: 'unauthorised', charged: 'no' }],
    [401, problem('expired'), { fault: 'unauthorised', charged: 'no' }],
    [400, problem('bad_request'), { fault: 'refused', charged: 'no' }],
    [409, problem('conflict'), { fault: 'refused', charged: 'no' }],
    [422, problem('unknown_version'), { fault: 'refused', charged: 'no' }],
    [422, problem('hash_mismatch'), { fault: 'refused', charged: 'no' }],
    [422, problem('blocked'), { fault: 'blocked', code: 'prompt_blocked' }],
    [500, problem('failed'), { fault: 'failed', charged: 'maybe' }],
    [404, problem('not_found'), { fault: 'failed' }],
    [422, problem('a code of our future'), { fault: 'refused' }],
    [401, 'who are you', { fault: 'unauthorised' }],
    [403, '', { fault: 'unauthorised' }],
    [404, '<html>', { fault: 'refused' }],
    [302, '', { fault: 'refused' }],
    [500, '', { fault: 'failed' }],
    [502, '', { fault: 'unreachable', charged: 'maybe' }],
    [503, '', { fault: 'unreachable', charged: 'no' }],
  ])('%i %o', async (status, body, expected) => {
    await expect(adapter.submit(await answers({ status, body, headers: { location: '/elsewhere' } }), request)).rejects.toMatchObject(expected);
  });
  it.each([
    ['7', 7_000],
    ['99999999', 60_000],
    [new Date(Date.now() - 60_000).toUTCString(), 0],
    ['soon', undefined],
  ])('busy with retry-after %s', async (header, retryAfterMs) => {
    const call = await answers({ status: 429, body: problem('busy'), headers: { 'retry-after': header } });
    await expect(adapter.submit(call, request)).rejects.toMatchObject({ fault: 'busy', charged: 'no', retryAfterMs });
  });
  it('what the endpoint says in its own words goes no further', async () => {
    const call = await answers({ status: 422, body: problem('bad_request', 'no: a secret harbour') });
    const error = await adapter.submit(call, request).catch((thrown) => thrown);
    expect([error.what, error.message, String(error.cause)].join()).not.toContain('harbour');
  });
  it('a busy endpoint is asked again, with a signature of its own each time', async () => {
    const seen: { input: string; run: string }[] = [];
    const call = await callTo(async (incoming, response) => {
      const chunks = await incoming.toArray();
      seen.push({ input: String(incoming.headers['signature-input']), run: JSON.parse(Buffer.concat(chunks).toString()).run });
      if (seen.length === 1) response.writeHead(429, { 'retry-after': '0' }).end(JSON.stringify(problem('busy')));
      else response.end(JSON.stringify(good));
    });
    const driving = { resume: null, onJob: async () => {}, moved: () => new Promise<void>(() => {}) };
    await runOnEndpoint(adapter, call, request, driving);
    expect([new Set(seen.map(({ input }) => input)).size, new Set(seen.map(({ run }) => run))]).toEqual([2, new Set([request.runId])]);
  });
});

describe('jobs', () => {
  const waiting = { run: request.runId, pollAfterMs: 500, progress: 0.5 };
  it.each([
    [
      { ...waiting, pollAfterMs: 0 },
      { pollAfterMs: 100, progress: 0.5 },
    ],
    [
      { ...waiting, pollAfterMs: 600_000, progress: undefined },
      { pollAfterMs: 30_000, progress: undefined },
    ],
  ])('%o is asked again neither at once nor never', async (body, expected) => {
    expect(await adapter.submit(await answers({ status: 202, body }), request)).toMatchObject({
      kind: 'waiting',
      job: { id: request.runId },
      ...expected,
    });
  });
  it.each([{ ...waiting, progress: 2 }, { ...waiting, pollAfterMs: -1 }, { ...waiting, run: 'x' }, 'soon'])('%o is garbage', async (body) => {
    await expect(adapter.submit(await answers({ status: 202, body }), request)).rejects.toMatchObject({ fault: 'garbage' });
  });
  it('a deployment without an address is refused, and so are settings nobody knows', async () => {
    const call = await answers({ body: good });
    await expect(adapter.submit({ ...call, url: null }, request)).rejects.toMatchObject({ fault: 'refused', charged: 'no' });
    await expect(adapter.submit({ ...call, options: { more: 1 } }, request)).rejects.toThrow();
  });
});
