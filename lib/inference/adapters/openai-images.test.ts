import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OpenAiStandIn, startOpenAi } from '@/scripts/standins/models/openai-images';
import { serve } from '@/scripts/standins/models/serve';
import { decodeRaster } from '../check-output';
import { openaiImages } from './openai-images';
import { limits } from './shared/limits';
import { testLostAnswers, testRefusals } from './testing/refusals';
import { failure, stage } from './testing/stage';

let standIn: OpenAiStandIn;
let on: ReturnType<typeof stage>;
const MAKE = /^POST \/v1\/images\//;
const defaults = { ...limits };
const wide = { width: 1536, height: 1024 };

beforeEach(async () => {
  standIn = await startOpenAi();
  on = stage(openaiImages, standIn, { secret: standIn.world.key, reference: 'gpt-image-1' });
});
afterEach(async () => {
  Object.assign(limits, defaults);
  await on.close();
  await standIn.close();
});
const sent = () => JSON.parse(standIn.seen[0]?.body.toString() ?? '');

describe('a run', () => {
  test('of a GPT image model is one request, without a seed, and is answered in base64', async () => {
    const options = { fixed: { quality: 'high', output_format: 'png' } };
    const { output, raw, ...result } = await on.run({ request: { params: wide }, call: { options } });
    expect(standIn.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/images/generations']);
    expect(standIn.seen[0]?.headers).toMatchObject({ authorization: 'Bearer sk-stand-in', 'content-type': 'application/json' });
    expect(sent()).toEqual({
      model: 'gpt-image-1',
      prompt: 'a heron at dusk',
      n: 1,
      size: '1536x1024',
      quality: 'high',
      output_format: 'png',
    });
    expect(await decodeRaster(output.kind === 'file' ? output.bytes : new Uint8Array())).toMatchObject(wide);
    expect(result).toEqual({ seedReported: null, modelReported: null, weightsReported: null, providerJobId: null, signature: null });
    expect(raw).toMatchObject({ usage: { total_tokens: 100 }, data: [{ b64_json: expect.stringMatching(/^\[a file, \d+ characters\]$/) }] });
  });

  test('of dall-e-3 is fetched from the address it is answered with, without our key', async () => {
    const { output, raw } = await on.run({ call: { reference: 'dall-e-3' } });
    expect(output).toMatchObject({ kind: 'file' });
    expect(standIn.seen[1]).toMatchObject({ method: 'GET', path: '/files/1.png' });
    expect(standIn.seen[1]?.headers.authorization).toBeUndefined();
    expect(raw).toMatchObject({ data: [{ revised_prompt: 'A revised prompt.' }] });
  });

  test('of dall-e-3 takes base64 where the deployment asks for it', async () => {
    await on.run({ call: { reference: 'dall-e-3', options: { fixed: { response_format: 'b64_json' } } } });
    expect(standIn.seen).toHaveLength(1);
  });

  test('with an input picture is a form to `edits`', async () => {
    const png = Buffer.from('picture');
    await on.run({ request: { inputs: [{ kind: 'image', content: '0x', png }], params: wide } });
    const [edit] = standIn.seen;
    expect(edit?.path).toBe('/v1/images/edits');
    const form = await new Response(Uint8Array.from(edit?.body ?? []), {
      headers: { 'content-type': edit?.headers['content-type'] ?? '' },
    }).formData();
    const { image, ...fields } = Object.fromEntries(form);
    expect(fields).toEqual({ model: 'gpt-image-1', prompt: 'a heron at dusk', n: '1', size: '1536x1024' });
    expect(image instanceof File && Buffer.from(await image.arrayBuffer())).toEqual(png);
  });

  test('at a compatible server goes to its address, with or without /v1 and a slash', async () => {
    for (const tail of ['', '/', '/v1', '/v1/']) await on.run({ call: { url: `${standIn.url}${tail}` } });
    expect(standIn.count(/^POST \/v1\/images\/generations$/)).toBe(4);
  });

  test('refuses settings that the API has no place for', async () => {
    for (const options of [{ seed: 'seed' }, { image: 'image' }, { prompt: 'text' }, { quality: 'high' }])
      await expect(on.run({ call: { options } })).rejects.toThrow('Unrecognized key');
    expect(standIn.seen).toEqual([]);
  });
});

describe('a refusal', () => {
  test.each(['gpt-image-1', 'dall-e-3'])('by the moderation of %s is blocked', async (reference) => {
    const { fault, charged, what } = await failure(on.run({ request: { prompt: 'something forbidden' }, call: { reference } }));
    expect({ fault, charged }).toEqual({ fault: 'blocked', charged: 'no' });
    expect(what).not.toContain('forbidden');
    expect(standIn.count(MAKE)).toBe(1);
  });

  test('of a parameter names it', async () => {
    const call = { options: { fixed: { response_format: 'url' } } };
    expect(await failure(on.run({ call }))).toMatchObject({ fault: 'refused', what: 'it answered 400 (unknown_parameter, response_format)' });
  });

  test('for want of money is not waited out, though it says 429', async () => {
    const body = JSON.stringify({ error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } });
    standIn.fault({ on: MAKE, reply: { status: 429, body } });
    expect(await failure(on.run())).toMatchObject({ fault: 'refused', charged: 'no', what: 'it answered 429 (insufficient_quota)' });
    expect(standIn.count(MAKE)).toBe(1);
  });

  test('of another key is unauthorised, and its text is not repeated', async () => {
    const body = JSON.stringify({ error: { message: 'Incorrect API key provided: sk-stand-in', code: 'a heron at dusk' } });
    standIn.fault({ on: MAKE, reply: { status: 401, body } });
    expect(await failure(on.run())).toMatchObject({ fault: 'unauthorised', what: 'it answered 401' });
  });

  testRefusals(openaiImages, () => ({ server: standIn, route: MAKE, run: () => on.run() }));

  test('that passes is sent again', async () => {
    standIn.fault({ on: MAKE, times: 2, reply: { status: 429, headers: { 'retry-after': '0' } } });
    await on.run();
    expect(standIn.count(MAKE)).toBe(3);
  });
});

describe('an answer', () => {
  testLostAnswers(() => ({ server: standIn, route: MAKE, run: () => on.run() }));

  test.each([[[]], [[{}]], [[{ b64_json: 'not base64!' }]], [[{ b64_json: 7 }]], ['x'], [[{ url: 'file:///etc/passwd' }]]])(
    'without a picture (%j) is garbage',
    async (data) => {
      standIn.world.data = data;
      expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    },
  );

  test('with a picture elsewhere than on the public internet is garbage, and nobody is asked for it', async () => {
    const inner = await serve(() => ({ status: 200, body: 'secret' }));
    for (const url of ['http://169.254.169.254/latest/meta-data', inner.url]) {
      standIn.world.data = [{ url }];
      expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    }
    expect(inner.seen).toEqual([]);
    await inner.close();
  });

  test('whose picture cannot be fetched is tried three times; the run itself is not sent again', async () => {
    standIn.fault({ on: /^GET \/files/, kind: 'drop' });
    expect(await failure(on.run({ call: { reference: 'dall-e-3' } }))).toMatchObject({ fault: 'unreachable', charged: 'maybe' });
    expect([standIn.count(MAKE), standIn.count(/files/)]).toEqual([1, 3]);
  });

  test('larger than the limit is garbage', async () => {
    limits.answerBytes = 500;
    expect(await failure(on.run())).toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });
});

test('a stop ends the request', async () => {
  standIn.fault({ on: MAKE, kind: 'hang' });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped')), 50);
  await expect(on.run({ call: { signal: stop.signal } })).rejects.toThrow('stopped');
});

test('a check proves the key and the model, and makes nothing', async () => {
  expect(await openaiImages.check(on.call())).toEqual({ ms: expect.any(Number), modelReported: 'gpt-image-1' });
  expect(await failure(openaiImages.check(on.call({ secret: 'other' })))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  expect(await failure(openaiImages.check(on.call({ reference: 'gpt-image-9' })))).toMatchObject({ fault: 'refused', charged: 'no' });
  expect(standIn.count(MAKE)).toBe(0);
});
