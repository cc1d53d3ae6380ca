import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ReplicateStandIn, startReplicate } from '@/scripts/standins/models/replicate';
import { type StandIn, serve } from '@/scripts/standins/models/serve';
import { decodeRaster } from '../check-output';
import { replicate } from './replicate';
import { limits } from './shared/limits';
import { testLostAnswers, testRefusals } from './testing/refusals';
import { failure, LONG_SEED, stage } from './testing/stage';

let standIn: ReplicateStandIn;
let on: ReturnType<typeof stage>;
const CREATE = /^POST \/v1\/(predictions|models\/house\/official\/predictions)$/;
const CANCEL = /^POST .*\/cancel$/;
const LOOK = /^GET \/v1\/predictions\//;
const defaults = { ...limits };

beforeEach(async () => {
  limits.pollAfterMs = 5;
  standIn = await startReplicate();
  on = stage(replicate, standIn, { secret: standIn.world.token, reference: standIn.world.version });
});
afterEach(async () => {
  Object.assign(limits, defaults);
  await on.close();
  await standIn.close();
});
const bodyOf = ({ seen }: StandIn, at = 0) => seen[at]?.body.toString() ?? '';

describe('a run', () => {
  test('goes to the version, is followed to its end, and only its first file is the work', async () => {
    const result = await on.run({ request: { params: { width: 96, height: 32, numInferenceSteps: 4, guidance: 75 } }, call: scaled });
    expect(standIn.seen.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{26}/, 'ID')}`)).toEqual([
      'POST /v1/predictions',
      'GET /v1/predictions/ID',
      'GET /v1/predictions/ID',
      'GET /files/ID.png',
    ]);
    expect(bodyOf(standIn)).toBe(
      `{"version":"${standIn.world.version}","input":{"width":96,"height":32,"num_inference_steps":4,"guidance_scale":7.5,"prompt":"a heron at dusk","seed":196619188014358661}}`,
    );
    expect(standIn.seen[0]?.headers).toMatchObject({ authorization: 'Bearer r8_stand_in', 'content-type': 'application/json' });
    expect(standIn.seen[0]?.headers.prefer).toBeUndefined();
    const { output, ...rest } = result;
    expect(await size(output)).toEqual([96, 32]);
    expect(rest).toMatchObject({ seedReported: null, modelReported: standIn.world.version, weightsReported: null, signature: null });
    expect(rest.providerJobId).toBe([...standIn.jobs.keys()][0]);
  });

  test('of an official model goes to its name, with the webhook', async () => {
    await on.run({ call: { reference: 'house/official', webhookUrl: `${standIn.url}/nowhere` } });
    expect(standIn.seen[0]?.path).toBe('/v1/models/house/official/predictions');
    const { webhook, webhook_events_filter } = JSON.parse(bodyOf(standIn));
    expect([webhook, webhook_events_filter]).toEqual([`${standIn.url}/nowhere`, ['completed']]);
  });

  test('sends an input picture as a data URI, and its seed arrives digit by digit', async () => {
    await on.run({ request: { inputs: [{ kind: 'image', content: '0x', png: Buffer.from('png') }] } });
    const [job] = standIn.jobs.values();
    expect(job?.input).toMatchObject({ image: 'data:image/png;base64,cG5n', seed: LONG_SEED });
  });

  test('takes a file in a data URI', async () => {
    standIn.world.output = `data:application/octet-stream;base64,${Buffer.from('picture').toString('base64')}`;
    expect((await on.run()).output).toEqual({ kind: 'file', bytes: Buffer.from('picture') });
  });

  test('keeps the answer without its prompt and without the bytes of pictures', async () => {
    standIn.world.output = `data:image/png;base64,${'AAAA'.repeat(500)}`;
    const { raw } = await on.run();
    expect(raw).toMatchObject({
      status: 'succeeded',
      input: { prompt: '[the prompt]', seed: String(LONG_SEED) },
      output: '[a file, 2022 characters]',
    });
    expect(JSON.stringify(raw)).not.toContain('heron');
  });

  test('is followed also where the answer has only what is documented as always there', async () => {
    standIn.fault({ on: CREATE, reply: { status: 201, body: '{"id":"p1","status":"starting"}' } });
    standIn.fault({ on: LOOK, reply: { status: 200, body: '{"id":"p1","status":"succeeded","output":["data:image/png;base64,AAAA"]}' } });
    expect(await on.run()).toMatchObject({ providerJobId: 'p1', modelReported: null });
    expect(standIn.seen[1]?.path).toBe('/v1/predictions/p1');
  });

  test('goes on from its job without being submitted again', async () => {
    let job: { id: string; urls?: Record<string, string> } | null = null;
    await on.run({
      driving: {
        onJob: async (named) => {
          job = named;
        },
      },
    });
    const result = await on.run({ driving: { resume: job } });
    expect(standIn.count(CREATE)).toBe(1);
    expect(await size(result.output)).toEqual([64, 64]);
  });

  test('refuses a reference that is neither a version nor a name, and settings it does not know', async () => {
    for (const reference of ['latest', 'a/b/c', '../account', 'house/..'])
      expect(await failure(on.run({ call: { reference } }))).toMatchObject({ fault: 'refused', charged: 'no' });
    await expect(on.run({ call: { options: { inputs: {} } } })).rejects.toThrow('Unrecognized key');
    expect(standIn.seen).toEqual([]);
  });
});

const scaled = { options: { input: { divisors: { guidance: 10 }, names: { guidance: 'guidance_scale' } } } };
async function size(output: { kind: string; bytes?: Uint8Array }) {
  const { width, height } = await decodeRaster(output.bytes ?? new Uint8Array());
  return [width, height];
}

describe('the end of a prediction', () => {
  test.each([
    ['failed', null, 'failed'],
    ['failed', 'NSFW content detected. Try running it again, or try a different prompt.', 'blocked'],
    ['failed', 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)', 'blocked'],
    ['canceled', null, 'failed'],
    ['aborted', null, 'failed'],
  ] as const)('as %s (%s) is %s, and nothing is sent again', async (state, error, fault) => {
    Object.assign(standIn.world, { states: ['starting', state], error });
    expect(await failure(on.run())).toMatchObject({ fault, charged: 'maybe', what: `the prediction ended as ${state}` });
    expect(standIn.count(CREATE)).toBe(1);
  });

  test.each([[null], [{ video: 'x' }], [[]], [7]])('without a file (%j) is garbage', async (output) => {
    // A stand-in that is told "null" would send its own file.
    standIn.world.output = output ?? [null];
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });

  test('with a file elsewhere than on the public internet is garbage, and nobody is asked for it', async () => {
    const inner = await serve(() => ({ status: 200, body: 'secret' }));
    for (const address of [
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      `${inner.url}/x.png`,
      'https://[::1]/x.png',
      'ftp://a.com/x',
      'x',
    ]) {
      standIn.world.output = [address];
      expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe', what: 'its file cannot be fetched' });
    }
    expect(inner.seen).toEqual([]);
    await inner.close();
  });

  test('with a file that redirects is garbage: it is not followed', async () => {
    standIn.fault({ on: /^GET \/files/, reply: { status: 302, headers: { location: `${standIn.url}/v1/account` } } });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    expect(standIn.count(/account/)).toBe(0);
  });

  test('with a file that breaks off is fetched again, without our token, and with one larger than the limit is garbage', async () => {
    standIn.fault({ on: /^GET \/files/, times: 1, kind: 'cut' });
    await on.run();
    const files = standIn.seen.filter(({ path }) => path.startsWith('/files/'));
    expect(files.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    limits.fileBytes = 100;
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });
});

describe('a refusal of the submit', () => {
  testRefusals(replicate, () => ({ server: standIn, route: CREATE, run: () => on.run() }));

  test('that passes is sent again, and runs once', async () => {
    standIn.fault({ on: CREATE, times: 2, reply: { status: 429, headers: { 'retry-after': '0' } } });
    await on.run();
    expect([standIn.count(CREATE), standIn.jobs.size]).toEqual([3, 1]);
  });

  test('says in words when to come back', async () => {
    const { submit } = replicate;
    const wait = async (body: object) => {
      standIn.reset();
      standIn.fault({ on: CREATE, reply: { status: 429, body: JSON.stringify(body) } });
      return (await failure(submit(on.call(), on.request()))).retryAfterMs;
    };
    expect(await wait({ detail: 'Request was throttled. Expected available in 1 second.' })).toBe(1_000);
    expect(await wait({ detail: 'Your rate limit resets in ~5s.' })).toBe(5_000);
    expect(await wait({ detail: 'Request was throttled.', retry_after: 7 })).toBe(7_000);
    expect(await wait({ detail: 'Expected available in 99999 seconds.' })).toBe(300_000);
  });

  test('names the fields that are wrong, and not what was in them', async () => {
    const { what } = await failure(on.run({ request: { params: { colour: 'a heron' } } }));
    expect(what).toBe('it answered 422 (input.unrecognized_keys)');
  });

  test('of another token is unauthorised', async () => {
    expect(await failure(on.run({ call: { secret: 'other' } }))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  });
});

describe('an answer that does not come whole', () => {
  testLostAnswers(() => ({ server: standIn, route: CREATE, run: () => on.run() }));

  test.each(['cut', 'drop', 'hang'] as const)('to a poll (%s) is asked for again', { timeout: 10_000 }, async (kind) => {
    limits.pollMs = 200;
    standIn.fault({ on: LOOK, times: 1, kind });
    await on.run();
    expect([standIn.count(CREATE), standIn.count(LOOK)]).toEqual([1, 2]);
  });

  test.each([500, 502, 503, 429])('to a poll, but %i, is asked for again', { timeout: 10_000 }, async (status) => {
    standIn.fault({ on: LOOK, times: 1, reply: { status, headers: { 'retry-after': '0' } } });
    await on.run();
    expect([standIn.count(CREATE), standIn.count(LOOK)]).toEqual([1, 3]);
  });

  test.each(['half', 'garbage'] as const)('to a poll (%s) is garbage of something that may be charged', async (kind) => {
    standIn.fault({ on: LOOK, kind });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });

  test('is garbage without a word of it in the log', async () => {
    standIn.fault({ on: CREATE, reply: { status: 201, body: 'heron r8_stand_in' } });
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', what: 'the answer is not JSON' });
  });

  test('to a server that is not there is not charged', async () => {
    await standIn.close();
    expect(await failure(replicate.submit(on.call(), on.request()))).toMatchObject({ fault: 'unreachable', charged: 'no' });
  });
});

describe('a stop', () => {
  test('reaches the vendor', async () => {
    standIn.world.states = ['starting', 'processing', 'processing', 'processing', 'processing', 'processing', 'processing', 'processing'];
    expect(await on.runAndStop()).toMatchObject({ code: 'run_cancelled' });
    expect(standIn.count(CANCEL)).toBe(1);
    expect([...standIn.jobs.values()][0]?.states).toEqual(['canceled']);
  });

  test('ends the run also where the picture comes all the same', async () => {
    Object.assign(standIn.world, { states: [...Array(20).fill('processing'), 'succeeded'], deafToCancel: true });
    expect(await on.runAndStop()).toMatchObject({ code: 'run_cancelled' });
    await standIn.finish();
    expect([standIn.count(CANCEL), standIn.count(/files/)]).toEqual([1, 0]);
  });

  test('during the submit ends at once', async () => {
    standIn.fault({ on: CREATE, kind: 'hang' });
    const signal = AbortSignal.timeout(50);
    await expect(on.run({ call: { signal } })).rejects.toBe(
      await new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
    );
  });
});

test('addresses of a job elsewhere than on the API are not followed: the token stays where it belongs', async () => {
  const thief = await serve(() => ({ status: 200, body: '{}' }));
  standIn.world.urls = { get: `${thief.url}/get`, cancel: `${thief.url}/cancel` };
  await on.run();
  standIn.world.states = Array(20).fill('processing');
  await on.runAndStop();
  expect(thief.seen).toEqual([]);
  expect(standIn.count(CANCEL)).toBe(1);
  await thief.close();
});

describe('a check', () => {
  test('of a named model sees it, and its version', async () => {
    const call = on.call({ reference: 'house/official' });
    expect(await replicate.check(call)).toEqual({ ms: expect.any(Number), modelReported: standIn.world.version });
    expect(await failure(replicate.check(on.call({ reference: 'house/other' })))).toMatchObject({ fault: 'refused', charged: 'no', status: 404 });
    expect(standIn.count(/predictions/)).toBe(0);
  });

  test('of a version proves the token', async () => {
    expect((await replicate.check(on.call())).modelReported).toBeNull();
    expect(await failure(replicate.check(on.call({ secret: 'other' })))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  });
});
