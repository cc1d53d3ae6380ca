import { afterEach, describe, expect, it } from 'vitest';
import { runOnEndpoint } from '../run-on-endpoint';
import { adapter, answers, callTo, closeAll, good, request } from './testing/hostile-endpoint';

afterEach(closeAll);

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
