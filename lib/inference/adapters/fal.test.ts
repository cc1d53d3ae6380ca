import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FalStandIn, startFal } from '@/scripts/standins/models/fal';
import { json, serve } from '@/scripts/standins/models/serve';
import type { ProviderJob } from '../adapter';
import { decodeRaster } from '../check-output';
import { fal } from './fal';
import { limits } from './shared/limits';
import { testLostAnswers, testRefusals } from './testing/refusals';
import { failure, LONG_SEED, stage } from './testing/stage';

let standIn: FalStandIn;
let on: ReturnType<typeof stage>;
const CREATE = /^POST \/house\/silk\/dev$/;
const LOOK = /^GET .*\/status$/;
const RESULT = /^GET \/house\/silk\/requests\/[\w-]+$/;
const CANCEL = /^PUT .*\/cancel$/;
const defaults = { ...limits };

beforeEach(async () => {
  limits.pollAfterMs = 5;
  standIn = await startFal();
  on = stage(fal, standIn, { secret: standIn.world.key, reference: standIn.world.app });
});
afterEach(async () => {
  Object.assign(limits, defaults);
  await on.close();
  await standIn.close();
});

describe('a run', () => {
  test('goes to the app’s whole path, and is followed at owner/alias', async () => {
    const { output, raw, ...result } = await on.run({ request: { params: { width: 96, height: 32, numInferenceSteps: 4 } } });
    const id = [...standIn.jobs.keys()][0] ?? '';
    expect(standIn.seen.map(({ method, path, query }) => `${method} ${path.replace(id, 'ID')}${query.size > 0 ? `?${query}` : ''}`)).toEqual([
      'POST /house/silk/dev',
      'GET /house/silk/requests/ID/status?logs=0',
      'GET /house/silk/requests/ID/status?logs=0',
      'GET /house/silk/requests/ID',
      'GET /files/ID.png',
    ]);
    expect(standIn.seen[0]?.headers).toMatchObject({ authorization: 'Key key_id:key_secret', 'content-type': 'application/json' });
    expect(standIn.seen[0]?.body.toString()).toBe(
      '{"num_inference_steps":4,"prompt":"a heron at dusk","seed":196619188014358661,"image_size":{"width":96,"height":32}}',
    );
    const bytes = output.kind === 'file' ? output.bytes : new Uint8Array();
    expect(await decodeRaster(bytes)).toMatchObject({ width: 96, height: 32 });
    expect(result).toEqual({ seedReported: LONG_SEED, modelReported: null, weightsReported: null, providerJobId: id, signature: null });
    expect(raw).toMatchObject({ seed: String(LONG_SEED), prompt: '[the prompt]', has_nsfw_concepts: [false] });
  });

  test.each([0n, 2n ** 53n + 1n, 2n ** 64n - 1n])('with seed %d is sent it, and reads it back, digit by digit', async (seed) => {
    expect((await on.run({ request: { seed } })).seedReported).toBe(seed);
    expect([...standIn.jobs.values()][0]?.input.seed).toBe(seed);
  });

  test('of a model without seeds sends none', async () => {
    await on.run({ request: { seedKind: 'none' } });
    expect([...standIn.jobs.values()][0]?.input).toEqual({ prompt: 'a heron at dusk' });
  });

  test('sends an input picture as a data URI, and the webhook’s address', async () => {
    const webhookUrl = `${standIn.url}/hook?run=1&x=2`;
    await on.run({ request: { inputs: [{ kind: 'image', content: '0x', png: Buffer.from('png') }] }, call: { webhookUrl } });
    expect([...standIn.jobs.values()][0]?.input).toMatchObject({ image_url: 'data:image/png;base64,cG5n' });
    expect(standIn.seen[0]?.query.get('fal_webhook')).toBe(webhookUrl);
  });

  test('of an app in a namespace is followed in it', async () => {
    standIn.fault({ on: /^POST \/workflows\/house\/silk\/dev$/, reply: json(200, { request_id: 'r1' }) });
    standIn.fault({ on: /^GET \/workflows\/house\/silk\/requests\/r1\/status$/, reply: json(500, {}) });
    const job = await fal.submit(on.call({ reference: 'workflows/house/silk/dev' }), on.request());
    expect(job).toMatchObject({ kind: 'waiting', job: { id: 'r1' } });
    await failure(fal.poll?.(on.call({ reference: 'workflows/house/silk/dev' }), { id: 'r1' }, on.request()) ?? Promise.resolve());
    expect(standIn.seen.at(-1)?.path).toBe('/workflows/house/silk/requests/r1/status');
  });

  test('goes on from its job without being submitted again', async () => {
    const jobs: ProviderJob[] = [];
    await on.run({ driving: { onJob: async (job) => void jobs.push(job) } });
    await on.run({ driving: { resume: jobs[0] ?? null } });
    expect([standIn.count(CREATE), standIn.count(RESULT)]).toEqual([1, 2]);
  });

  test('refuses a reference that is no app', async () => {
    for (const reference of ['silk', 'house/../silk', '../house/silk', 'house/silk?x', '', 'workflows/house'])
      expect(await failure(on.run({ call: { reference } }))).toMatchObject({ fault: 'refused', charged: 'no' });
    expect(standIn.seen).toEqual([]);
  });
});

describe('a result', () => {
  const detail = (type: string) => json(422, { detail: [{ loc: ['body', 'prompt'], msg: 'a heron at dusk', type, input: 'a heron at dusk' }] });
  test.each([
    [detail('content_policy_violation'), 'blocked', 'it answered 422 (body.prompt.content_policy_violation)'],
    [detail('image_too_small'), 'refused', 'it answered 422 (body.prompt.image_too_small)'],
    [json(500, { detail: 'Internal Server Error', error_type: 'internal_error' }), 'failed', 'it answered 500 (internal_error)'],
    [json(504, { detail: 'Timeout', error_type: 'request_timeout' }), 'failed', 'it answered 504 (request_timeout)'],
    [json(200, {}), 'failed', 'the request ended with an error'],
  ])('of a request that failed (%o) says how', async (failure_, fault, what) => {
    standIn.world.failure = failure_;
    expect(await failure(on.run())).toMatchObject({ fault, charged: 'maybe', what });
    expect([standIn.count(CREATE), standIn.count(RESULT)]).toEqual([1, 1]);
  });

  test('that the checker has blacked out is blocked', async () => {
    standIn.world.nsfw = true;
    expect(await failure(on.run())).toMatchObject({ fault: 'blocked', charged: 'maybe' });
    expect(standIn.count(/files/)).toBe(0);
  });

  test('that cannot be fetched for a moment is asked for again', { timeout: 10_000 }, async () => {
    standIn.fault({ on: RESULT, times: 1, reply: { status: 503, headers: { 'retry-after': '0' } } });
    await on.run();
    expect([standIn.count(CREATE), standIn.count(RESULT)]).toEqual([1, 2]);
  });

  test('with a single image, or in a data URI, is a result as well', async () => {
    const url = `data:image/png;base64,${Buffer.from('picture').toString('base64')}`;
    standIn.fault({ on: RESULT, reply: json(200, { image: { url }, seed: null }) });
    expect(await on.run()).toMatchObject({ output: { kind: 'file', bytes: Buffer.from('picture') }, seedReported: null });
  });

  test.each([[{}], [{ images: [] }], [{ images: [{ url: 7 }] }], [[]], [{ image: { url: 'data:image/png;base64,@@' } }]])(
    'without a picture (%j) is garbage',
    async (payload) => {
      standIn.fault({ on: RESULT, reply: json(200, payload) });
      expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    },
  );

  test.each(['-1', '18446744073709551616', '1.5', '"7"', '[]'])('with a seed that is none (%s) reports none', async (seed) => {
    standIn.fault({ on: RESULT, reply: json(200, `{"image":{"url":"data:image/png;base64,AAAA"},"seed":${seed}}`) });
    expect((await on.run()).seedReported).toBeNull();
  });

  test('with a picture elsewhere than on the public internet is garbage, and nobody is asked for it', async () => {
    const inner = await serve(() => ({ status: 200, body: 'secret' }));
    for (const url of ['http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', inner.url]) {
      standIn.world.url = url;
      expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    }
    expect(inner.seen).toEqual([]);
    await inner.close();
  });

  test('with a picture that redirects is garbage: it is not followed', async () => {
    standIn.fault({ on: /^GET \/files/, reply: { status: 307, headers: { location: `${standIn.url}/.well-known/jwks.json` } } });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    expect(standIn.count(/jwks/)).toBe(0);
  });
});

describe('a refusal of the submit', () => {
  testRefusals(fal, () => ({ server: standIn, route: CREATE, run: () => on.run() }));

  test('names the fields that are wrong', async () => {
    expect(await failure(on.run({ request: { params: { colour: 1 } } }))).toMatchObject({
      fault: 'refused',
      what: 'it answered 422 (body.unrecognized_keys)',
    });
  });
});

describe('an answer that does not come whole', () => {
  testLostAnswers(() => ({ server: standIn, route: CREATE, run: () => on.run() }));

  test.each(['cut', 'hang'] as const)('to a poll (%s) is asked for again', { timeout: 10_000 }, async (kind) => {
    limits.pollMs = 200;
    standIn.fault({ on: LOOK, times: 1, kind });
    await on.run();
    expect([standIn.count(CREATE), standIn.count(LOOK)]).toEqual([1, 2]);
  });

  test('to a poll, but with a state nobody knows, is garbage', async () => {
    standIn.fault({ on: LOOK, reply: json(200, { status: 'DREAMING' }) });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe', what: 'the answer is not as documented (status)' });
  });
});

describe('a stop', () => {
  test('reaches the vendor, at owner/alias', async () => {
    standIn.world.states = Array(20).fill('IN_QUEUE');
    expect(await on.runAndStop()).toMatchObject({ code: 'run_cancelled' });
    expect([standIn.count(CANCEL), standIn.jobs.size]).toEqual([1, 0]);
  });

  test('ends the run also where the picture comes all the same', async () => {
    Object.assign(standIn.world, { states: [...Array(20).fill('IN_PROGRESS'), 'COMPLETED'], deafToCancel: true });
    expect(await on.runAndStop()).toMatchObject({ code: 'run_cancelled' });
    await standIn.finish();
    expect([standIn.count(CANCEL), standIn.count(RESULT)]).toEqual([1, 0]);
  });
});

test.each([403, 404, 500])('a check does not mind where the price is not told (%i)', async (status) => {
  standIn.fault({ on: /pricing/, reply: { status } });
  expect(await fal.check(on.call())).toMatchObject({ modelReported: null });
});

test('a check proves the key, also of an app that takes requests without one, and makes nothing', async () => {
  expect(await fal.check(on.call())).toEqual({ ms: expect.any(Number), modelReported: null });
  expect(await failure(fal.check(on.call({ secret: 'other' })))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  standIn.world.isPublic = true;
  expect(await fal.check(on.call())).toMatchObject({ modelReported: null });
  expect(await failure(fal.check(on.call({ secret: 'other' })))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  expect(standIn.seenAt('GET /v1/models/pricing').at(-1)?.query.get('endpoint_id')).toBe('house/silk/dev');
  standIn.fault({ on: LOOK, reply: { status: 503 } });
  expect(await failure(fal.check(on.call()))).toMatchObject({ fault: 'busy', charged: 'no' });
  expect(standIn.count(/^POST/)).toBe(0);
});
