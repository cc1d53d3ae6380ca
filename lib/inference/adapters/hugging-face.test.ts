import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HuggingFaceStandIn, startHuggingFace } from '@/scripts/standins/models/hugging-face';
import { json } from '@/scripts/standins/models/serve';
import { decodeRaster } from '../check-output';
import { huggingFace } from './hugging-face';
import { limits } from './shared/limits';
import { testRefusals } from './testing/refusals';
import { failure, stage } from './testing/stage';

let standIn: HuggingFaceStandIn;
let on: ReturnType<typeof stage>;
const MAKE = /^POST \/$/;
const defaults = { ...limits };

beforeEach(async () => {
  standIn = await startHuggingFace();
  on = stage(huggingFace, standIn, { secret: standIn.world.token, reference: 'house/silk' });
});
afterEach(async () => {
  Object.assign(limits, defaults);
  await on.close();
  await standIn.close();
});
const body = () => standIn.seen[0]?.body.toString();

describe('a run', () => {
  test('is one request, with its seed digit by digit, and is answered with the picture', async () => {
    const options = { input: { divisors: { guidance: 10 }, names: { guidance: 'guidance_scale' }, fixed: { scheduler: 'Euler' } } };
    const params = { width: 96, height: 32, numInferenceSteps: 4, guidance: 75 };
    const { output, raw, ...result } = await on.run({ request: { params }, call: { options } });
    expect(body()).toBe(
      '{"inputs":"a heron at dusk","parameters":{"scheduler":"Euler","width":96,"height":32,"num_inference_steps":4,"guidance_scale":7.5,"seed":196619188014358661}}',
    );
    expect(standIn.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer hf_stand_in',
      accept: 'image/png',
      'content-type': 'application/json',
      'x-scale-up-timeout': '120',
    });
    expect(await decodeRaster(output.kind === 'file' ? output.bytes : new Uint8Array())).toMatchObject({ width: 96, height: 32 });
    expect(result).toEqual({ seedReported: null, modelReported: null, weightsReported: null, providerJobId: null, signature: null });
    expect(raw).toEqual({ type: 'image/png', bytes: expect.any(Number), requestId: 'req-1' });
  });

  test('with an input picture puts it where the prompt was, and the prompt among the parameters', async () => {
    await on.run({ request: { inputs: [{ kind: 'image', content: '0x', png: Buffer.from('png') }], seedKind: 'none' } });
    expect(body()).toBe('{"inputs":"cG5n","parameters":{"prompt":"a heron at dusk"}}');
  });

  test('without an address is refused, and so are settings that it has no place for', async () => {
    expect(await failure(on.run({ call: { url: null } }))).toMatchObject({ fault: 'refused', charged: 'no' });
    await expect(on.run({ call: { options: { input: { image: 'image' } } } })).rejects.toThrow('Unrecognized key');
    expect(standIn.seen).toEqual([]);
  });
});

describe('a cold start', () => {
  test('is waited for as long as it says', async () => {
    Object.assign(standIn.world, { loading: 2, estimatedSeconds: 0.15 });
    const startedMs = performance.now();
    await on.run();
    expect(performance.now() - startedMs).toBeGreaterThan(290);
    expect(standIn.count(MAKE)).toBe(3);
  });

  test('that lasts longer ends the run as busy, not charged', async () => {
    Object.assign(standIn.world, { loading: 9, estimatedSeconds: 0.02 });
    const what = 'it answered 503 (its model is being loaded)';
    expect(await failure(on.run())).toEqual({ fault: 'busy', charged: 'no', status: 503, retryAfterMs: 20, what });
    expect(standIn.count(MAKE)).toBe(3);
  });

  test('of absurd length, or none, is not taken at its word', async () => {
    const wait = async (estimated_time: unknown) => {
      standIn.reset();
      standIn.fault({ on: MAKE, reply: json(503, { estimated_time }) });
      return (await failure(huggingFace.submit(on.call(), on.request()))).retryAfterMs;
    };
    expect(await wait(1e12)).toBe(300_000);
    for (const odd of [-1, '20', null]) expect(await wait(odd)).toBeUndefined();
  });
});

describe('a refusal', () => {
  testRefusals(huggingFace, () => ({ server: standIn, route: MAKE, run: () => on.run() }));

  test('of parameters it does not know is refused', async () => {
    expect(await failure(on.run({ request: { params: { colour: 1 } } }))).toMatchObject({ fault: 'refused', status: 400 });
  });
});

describe('an answer', () => {
  test.each([
    ['garbage', 'garbage'],
    ['cut', 'unreachable'],
    ['drop', 'unreachable'],
    ['hang', 'unreachable'],
  ] as const)('that is none (%s) is %s, may be charged, and the run is not sent again', async (kind, fault) => {
    limits.makeMs = 300;
    standIn.fault({ on: MAKE, kind });
    expect(await failure(on.run())).toMatchObject({ fault, charged: 'maybe' });
    expect(standIn.count(MAKE)).toBe(1);
  });

  test('that is half a picture is handed on, and refused where pictures are checked', async () => {
    standIn.fault({ on: MAKE, kind: 'half' });
    const { output } = await on.run();
    await expect(decodeRaster(output.kind === 'file' ? output.bytes : new Uint8Array())).rejects.toMatchObject({ code: 'output_invalid' });
  });

  test.each([
    [{ 'content-type': 'application/json' }, '{"image":"AAAA"}'],
    [{ 'content-type': 'image/png' }, ''],
    [{}, 'picture'],
  ])('of another type, or empty (%j), is garbage', async (headers, text) => {
    standIn.fault({ on: MAKE, reply: { status: 200, headers: headers as Record<string, string>, body: text } });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });

  test('larger than the limit is garbage', async () => {
    limits.fileBytes = 50;
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });
});

test('a stop ends the request', async () => {
  standIn.fault({ on: MAKE, kind: 'hang' });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  await expect(on.run({ call: { signal: stop.signal } })).rejects.toThrow('stopped');
});

test('a check asks its health route, and makes nothing', async () => {
  expect(await huggingFace.check(on.call())).toEqual({ ms: expect.any(Number), modelReported: null });
  expect(await failure(huggingFace.check(on.call({ secret: 'other' })))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  standIn.world.loading = 1;
  expect(await failure(huggingFace.check(on.call()))).toMatchObject({ fault: 'busy', charged: 'no' });
  expect(standIn.count(MAKE)).toBe(0);
});
