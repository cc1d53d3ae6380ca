import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rasterContent } from '../../lib/protocol/content';
import type { EndpointRunRequest } from '../../lib/protocol/endpoint-contract';
import { encodePng } from './png';
import { tinyModel } from './testing/models';
import { ask, closeAll, freePort, platform, platformKey, runRequest, serve } from './testing/serve';

vi.setConfig({ testTimeout: 30_000 });
afterEach(closeAll);

const grey = { width: 1, height: 2, rgba: Uint8Array.from([9, 9, 9, 255, 8, 8, 8, 255]) };
const input = { content: rasterContent(grey), png: encodePng(grey).toString('base64') };
const other = `0x${'ee'.repeat(32)}` as const;

/** Each field of a run, changed. */
const CHANGES: Record<string, Partial<EndpointRunRequest>> = {
  seed: { seed: '8' },
  'the parameter text': { params: '{"height":"1","width":"3"}' },
  prompt: { prompt: 'another plate' },
  salt: { salt: `0x${'5b'.repeat(16)}` },
  parent: { parent: other },
  version: { version: other },
  chain: { chainId: 1 },
  collection: { collection: `0x${'c1'.repeat(20)}` },
  inputs: { inputs: [input] },
  deadline: { deadline: 2_000_000_000 },
};

describe('a request that was changed on its way is refused as not signed', () => {
  it.each(Object.entries(CHANGES))('%s', async (_name, change) => {
    const model = tinyModel();
    const { url } = await serve(model);
    const request = runRequest();
    const answer = await ask(url, { body: JSON.stringify(request) }, { tamper: () => ({ body: JSON.stringify({ ...request, ...change }) }) });
    expect([answer.status, answer.json.code, model.calls.length]).toEqual([401, 'bad_signature', 0]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
  it.each<[string, (sent: { body: string; headers: Record<string, string> }) => object]>([
    ['a byte of the body', ({ body }) => ({ body: `${body} ` })],
    ['the method', () => ({ method: 'PUT' })],
    ['the path', () => ({ path: '/batches' })],
    ['a query', () => ({ path: '/runs?more=1' })],
    ['no signature', () => ({ headers: {} })],
    ['no digest', ({ headers }) => ({ headers: { ...headers, 'content-digest': '' } })],
  ])('%s', async (_name, tamper) => {
    const { url } = await serve(tinyModel());
    const answer = await ask(url, { body: JSON.stringify(runRequest()) }, { tamper });
    expect([answer.status, answer.json.code]).toEqual([401, 'bad_signature']);
  });
});

describe('who may ask', () => {
  it('a nonce is good for one use', async () => {
    const { url } = await serve(tinyModel());
    let headers: Record<string, string> = {};
    const keep = (sent: { headers: Record<string, string> }) => {
      headers = sent.headers;
      return {};
    };
    const first = await ask(url, { method: 'GET', path: '/health' }, { tamper: keep });
    const again = await ask(url, { method: 'GET', path: '/health' }, { tamper: () => ({ headers }) });
    expect([first.status, again.status, again.json.code, again.json.detail]).toEqual([200, 401, 'bad_signature', 'the nonce was used before']);
  });
  it.each([
    ['two minutes ago', -120, 'expired'],
    ['from a minute ahead', 60, 'expired'],
    ['a minute ago', -60, undefined],
    ['from a clock 20 seconds ahead', 20, undefined],
  ])('a signature %s', async (_name, seconds, code) => {
    const { url } = await serve(tinyModel());
    const answer = await ask(url, { method: 'GET', path: '/health' }, { nowMs: Date.now() + seconds * 1000 });
    expect([answer.status, answer.json.code]).toEqual([code ? 401 : 200, code]);
  });
  it.each([
    ['another key under the known id', platformKey().signer],
    ['a key nobody knows', platformKey('platform-9').signer],
  ])('%s is refused', async (_name, signer) => {
    const { url } = await serve(tinyModel());
    const answer = await ask(url, { method: 'GET', path: '/health' }, { signer });
    expect([answer.status, answer.json.code]).toEqual([401, 'bad_signature']);
  });
  it('a proxy in front may end TLS and take off a path: what counts is the address that is called', async () => {
    const port = await freePort();
    const proxy = createServer((request, response) => {
      const { method, headers, url = '' } = request;
      const passed = forward({ port, host: '127.0.0.1', method, headers, path: url.replace(/^\/model/, '') }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      request.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const publicUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/model`;
    await serve(tinyModel(), { port, publicUrl: `${publicUrl.replace('http:', 'HTTP:')}/` });
    const statuses = [
      await ask(publicUrl, { body: JSON.stringify(runRequest()) }),
      await ask(`http://127.0.0.1:${port}`, { method: 'GET', path: '/health' }),
    ];
    proxy.closeAllConnections();
    proxy.close();
    expect(statuses.map(({ status }) => status)).toEqual([200, 401]);
  });
  it('keys can be read from the platform’s address, once for many requests', async () => {
    let asked = 0;
    const list = createServer((_, response) => {
      asked++;
      response.end(JSON.stringify({ keys: [platform.jwk] }));
    });
    await new Promise<void>((resolve) => list.listen(0, '127.0.0.1', resolve));
    const { url } = await serve(tinyModel(), { platformKeys: `http://127.0.0.1:${(list.address() as AddressInfo).port}/keys.json` });
    const health = async () => (await ask(url, { method: 'GET', path: '/health' })).status;
    const statuses = [...(await Promise.all([health(), health()])), await health()];
    const stranger = await ask(url, { method: 'GET', path: '/health' }, { signer: platformKey('platform-9').signer });
    list.close();
    expect([...statuses, stranger.status, asked]).toEqual([200, 200, 200, 401, 1]);
  });
});

describe('what we signed, and should not have, is refused by what is wrong with it', () => {
  const good = { ...input };
  const withInput = (change: object, params = `{"work":"${input.content}"}`) => ({ params, inputs: [{ ...good, ...change }] });
  it.each<[string, string, object]>([
    ['a seed above uint64', 'bad_request', { seed: (2n ** 64n).toString() }],
    ['a seed of a model that has none', 'bad_request', { seedKind: 'none' }],
    ['a short salt', 'bad_request', { salt: `0x${'5a'.repeat(15)}` }],
    ['a parent that is no digest', 'bad_request', { parent: '0x00' }],
    ['another contract', 'bad_request', { contract: 2 }],
    ['a field nobody knows', 'bad_request', { extra: 1 }],
    ['an input that is no PNG', 'bad_request', withInput({ png: 'AAAA' })],
    ['parameters in another order', 'hash_mismatch', { params: '{"width":"2","height":"1"}' }],
    ['parameters with spaces', 'hash_mismatch', { params: '{"width": "2"}' }],
    ['a number among the parameters', 'hash_mismatch', { params: '{"width":2}' }],
    ['parameters that are no JSON', 'hash_mismatch', { params: '{' }],
    ['an input of another content', 'hash_mismatch', withInput({ content: other }, `{"work":"${other}"}`)],
    ['an input that the parameters do not name', 'hash_mismatch', withInput({}, '{}')],
    ['another version', 'unknown_version', CHANGES.version ?? {}],
    ['another chain', 'unknown_version', CHANGES.chain ?? {}],
    ['another collection', 'unknown_version', CHANGES.collection ?? {}],
    ['a deadline that has passed', 'bad_request', { deadline: 1 }],
  ])('%s is %s', async (_name, code, change) => {
    const model = tinyModel();
    const { url } = await serve(model);
    const request = { ...runRequest(), ...change };
    const answer = await ask(url, { body: JSON.stringify(request) });
    const later = await ask(url, { method: 'GET', path: `/runs/${request.run}` });
    expect([answer.json.code, model.calls.length, later.json.code]).toEqual([code, 0, 'not_found']);
  });
  it('a body that is no JSON, and a path that is not there', async () => {
    const { url } = await serve(tinyModel());
    expect((await ask(url, { body: 'not json' })).json.code).toBe('bad_request');
    expect((await ask(url, { path: '/other' })).status).toBe(404);
  });
});
