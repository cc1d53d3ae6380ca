import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { type Automatic1111, startAutomatic1111 } from '@/scripts/standins/models/automatic1111';
import { jsonOf } from '@/scripts/standins/models/json-of';
import { type Against, LONG_SEED, requestOf, runAgainst, SECRET_PROMPT, until } from '@/scripts/standins/models/run-against';
import { checkOutput } from '../check-output';
import { automatic1111 } from './automatic1111';
import { testRefusals } from './testing/refusals';
import { failure } from './testing/stage';

const SHA = '6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa';
const checkpoint = (name: string, sha256: string | null) => ({
  ...{ title: `${name}.safetensors [${sha256?.slice(0, 10)}]`, model_name: name, sha256, hash: sha256?.slice(0, 10) ?? null },
  filename: `/models/${name}.safetensors`,
});
const CHECKPOINTS = [checkpoint('other', 'ab'.repeat(32)), checkpoint('mine', SHA)];
const ROUTE = 'POST /sdapi/v1/txt2img';
const INTERRUPT = 'POST /sdapi/v1/interrupt';
const fast = { answerMs: 4_000, pollMs: 10 };

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of opened) await close();
  opened = [];
});

async function start(more: Partial<Parameters<typeof startAutomatic1111>[0]> = {}, against: Partial<Against> = {}) {
  const server = await startAutomatic1111({ checkpoints: CHECKPOINTS, ...more });
  const endpoint = runAgainst(automatic1111, { url: server.url, reference: 'mine', options: fast, ...against });
  opened.push(endpoint, server);
  return { server, ...endpoint };
}
const bodyAt = (server: Automatic1111, route = ROUTE) => server.seenAt(route).map(jsonOf)[0];

describe('a run that succeeds', () => {
  test('gives the picture, the exact seed, the model’s hash, and the digest of its weights', async () => {
    const { run } = await start();
    const { output, ...said } = await run(requestOf());
    expect(await checkOutput(output, { kind: 'image', width: 64, height: 48, isSigned: false })).toMatchObject({ width: 64, height: 48 });
    expect(said).toMatchObject({ seedReported: LONG_SEED, modelReported: SHA.slice(0, 10), weightsReported: `0x${SHA}`, providerJobId: null });
    expect(said.raw).toMatchObject({ info: { seed: String(LONG_SEED), version: 'v1.10.1' } });
  });

  test('is sent as the API documents it, with our parameters under its names', async () => {
    const mapping = { names: { guidance: 'cfg_scale', avoid: 'negative_prompt' }, divisors: { guidance: 10 }, fixed: { sampler_name: 'Euler a' } };
    const { server, run } = await start({}, { options: { ...fast, mapping } });
    const request = requestOf({ params: { width: 64, height: 48, steps: 12, guidance: 75, avoid: 'fog' } });
    await run(request);
    expect(server.seenAt(ROUTE)).toHaveLength(1);
    expect(bodyAt(server)).toEqual({
      prompt: SECRET_PROMPT,
      negative_prompt: 'fog',
      seed: LONG_SEED,
      steps: 12,
      cfg_scale: 7.5,
      width: 64,
      height: 48,
      sampler_name: 'Euler a',
      batch_size: 1,
      n_iter: 1,
      override_settings: { sd_model_checkpoint: 'mine' },
      override_settings_restore_afterwards: true,
      send_images: true,
      save_images: false,
      force_task_id: request.runId,
    });
    expect(server.seenAt(ROUTE)[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(server.seenAt(ROUTE)[0]?.headers.authorization).toBeUndefined();
  });

  test('goes to img2img with an input picture', async () => {
    const { server, run } = await start({}, { options: { ...fast, mapping: { divisors: { denoisingStrength: 100 } } } });
    const png = Buffer.from('a picture');
    await run(requestOf({ params: { denoisingStrength: 55, width: 64, height: 64 }, inputs: [{ kind: 'image', content: '0x', png }] }));
    expect(bodyAt(server, 'POST /sdapi/v1/img2img')).toMatchObject({ init_images: [png.toString('base64')], denoising_strength: 0.55 });
    expect(server.seenAt(ROUTE)).toHaveLength(0);
  });

  test('lets a server draw the seed of a model that takes none, and says which it drew', async () => {
    const { server, run } = await start();
    expect(await run(requestOf({ seed: 0n, seedKind: 'none' }))).toMatchObject({ seedReported: 4_294_967_293n });
    expect(bodyAt(server)).toMatchObject({ seed: -1 });
  });

  test('passes on that another model ran: a server takes the loaded one where it lacks the declared', async () => {
    const { run } = await start({}, { reference: 'deleted' });
    expect(await run(requestOf())).toMatchObject({ modelReported: 'ababababab', weightsReported: `0x${'ab'.repeat(32)}` });
  });

  test('says nothing of weights that the server has not hashed, or lists with another digest', async () => {
    const { run } = await start({ checkpoints: [{ ...checkpoint('mine', null), hash: 'e1441589a6' }] });
    expect(await run(requestOf())).toMatchObject({ modelReported: 'e1441589a6', weightsReported: null });
    const liar = await start({ checkpoints: [{ ...checkpoint('mine', SHA), hash: 'e1441589a6' }] });
    expect(await liar.run(requestOf())).toMatchObject({ modelReported: 'e1441589a6', weightsReported: null });
  });

  test('succeeds without the list of models', async () => {
    const { server, run } = await start();
    server.faultOnce('GET /sdapi/v1/sd-models', { reply: { status: 500 } });
    expect(await run(requestOf())).toMatchObject({ modelReported: SHA.slice(0, 10), weightsReported: null });
  });

  test('signs in with user and password, and is refused with others', async () => {
    const { run } = await start({ auth: 'ada:pass word' }, { secret: 'ada:pass word' });
    await run(requestOf());
    const other = await start({ auth: 'ada:pass word' }, { secret: 'ada:wrong' });
    expect(await failure(other.run(requestOf()), 'wrong')).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  });
});

describe('progress', () => {
  test('is asked for while the server works, and never fails the run', async () => {
    const { server, run } = await start({ renderMs: 300 });
    server.faultOnce('GET /sdapi/v1/progress', { reply: { status: 500 } }, { kind: 'body', body: '<html>' }, { kind: 'cut' });
    const fractions: number[] = [];
    await run(requestOf(), { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
  });

  test('of another request is not shown as ours', async () => {
    const { server, run } = await start({ renderMs: 400 });
    const first = run(requestOf());
    await until(() => server.seenAt(ROUTE).length === 1);
    const fractions: { value: number; rendered: number }[] = [];
    await run(requestOf(), { onProgress: (value) => fractions.push({ value, rendered: server.rendered() }) });
    await first;
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions.filter(({ rendered }) => rendered === 0)).toEqual([]);
  });
});

describe('a run that is cancelled', () => {
  test('is interrupted at the server', async () => {
    const { server, run } = await start({ renderMs: 5_000 }, { options: { ...fast, answerMs: 10_000 } });
    const stop = new AbortController();
    const running = run(requestOf(), { signal: stop.signal });
    await until(() => server.seenAt('GET /sdapi/v1/progress').length > 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    expect(server.seenAt(INTERRUPT)).toHaveLength(1);
    expect(server.seenAt(ROUTE)[0]?.hungUp).toBe(true);
  });

  test('leaves alone the request of somebody else that the server is at', async () => {
    const { server, run } = await start({ renderMs: 600 });
    const first = run(requestOf());
    await until(() => server.seenAt(ROUTE).length === 1);
    const stop = new AbortController();
    const second = run(requestOf(), { signal: stop.signal });
    await until(() => server.seenAt(ROUTE).length === 2);
    stop.abort(new AppError('run_cancelled'));
    await expect(second).rejects.toThrow('Cancelled');
    expect(server.seenAt(INTERRUPT)).toHaveLength(0);
    await first;
  });

  test('is interrupted at older servers, which do not say what they are at', async () => {
    const { server, run } = await start({ renderMs: 5_000, namesTask: false });
    const stop = new AbortController();
    const running = run(requestOf(), { signal: stop.signal });
    await until(() => server.seenAt(ROUTE).length === 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    expect(server.seenAt(INTERRUPT)).toHaveLength(1);
  });

  test('stays cancelled when the picture comes late, and when the server does not take the interruption', async () => {
    const { server, run } = await start();
    server.faultOnce(ROUTE, { kind: 'late', ms: 200 });
    server.faultOnce('GET /sdapi/v1/progress', { reply: { status: 500 } });
    const stop = new AbortController();
    const running = run(requestOf(), { signal: stop.signal });
    await until(() => server.seenAt(ROUTE).length === 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    await until(() => server.rendered() === 1);
  });
});

test('A picture that a person at the machine interrupted is not delivered', async () => {
  const { server, run } = await start({ renderMs: 5_000 }, { options: { ...fast, answerMs: 10_000 } });
  const running = failure(run(requestOf()));
  await until(() => server.seenAt('GET /sdapi/v1/progress').length > 1);
  server.interrupt();
  expect(await running).toMatchObject({ fault: 'failed', what: 'it was interrupted half way' });
});

describe('a server that fails', () => {
  testRefusals(automatic1111, async () => {
    const { server, run } = await start();
    return { server, route: /^POST \/sdapi\/v1\/txt2img$/, run: () => run(requestOf()) };
  });

  test('with an unknown sampler refuses the run', async () => {
    const { run } = await start({}, { options: { ...fast, mapping: { fixed: { sampler_name: 'Euler b' } } } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'refused', status: 404 });
  });

  test('that is busy is asked again as late as it says', async () => {
    const { server, run } = await start();
    server.faultOnce(ROUTE, { reply: { status: 503, headers: { 'retry-after': '1' } } });
    const startedAt = performance.now();
    await run(requestOf());
    expect(performance.now() - startedAt).toBeGreaterThan(950);
    expect(server.rendered()).toBe(1);
  });

  test('that hangs is asked again', async () => {
    const { server, run } = await start({}, { options: { ...fast, answerMs: 800 } });
    server.faultOnce(ROUTE, { kind: 'hang' });
    expect(await run(requestOf())).toMatchObject({ seedReported: LONG_SEED });
    expect(server.seenAt(ROUTE)).toHaveLength(2);
  });

  test('that is too slow is interrupted each time, and in the end unreachable', async () => {
    const { server, run } = await start({ renderMs: 60_000 }, { options: { ...fast, answerMs: 400 } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'unreachable', charged: 'maybe', what: 'no answer within 400 ms' });
    expect(server.seenAt(ROUTE)).toHaveLength(3);
    expect(server.seenAt(INTERRUPT)).toHaveLength(3);
  });

  test('that drops the connection in the middle of the answer is asked again: the machine is the creator’s own', async () => {
    const { server, run } = await start();
    server.faultOnce(ROUTE, { kind: 'cut' });
    await run(requestOf());
    expect(server.rendered()).toBe(2);
  });

  test.each([
    ['half an answer', { kind: 'half' }],
    ['a page', { kind: 'body', body: '<html>502</html>' }],
    ['nothing', { kind: 'body', body: '' }],
    ['a number', { kind: 'body', body: '7' }],
    ['no pictures', { kind: 'body', body: '{"images":[],"info":"{\\"seed\\":1}"}' }],
    ['a picture that is a number', { kind: 'body', body: '{"images":[1],"info":"{\\"seed\\":1}"}' }],
    ['a picture that is not base64', { kind: 'body', body: '{"images":["<svg/>"],"info":"{\\"seed\\":1}"}' }],
    ['info that is an object', { kind: 'body', body: '{"images":["AAAA"],"info":{"seed":1}}' }],
    ['info that is not JSON', { kind: 'body', body: `{"images":["AAAA"],"info":"${SECRET_PROMPT}, seed: 1"}` }],
    ['a seed that is no integer', { kind: 'body', body: '{"images":["AAAA"],"info":"{\\"seed\\":1.5}"}' }],
  ] as const)('with %s is garbage, and not asked again', async (_, fault) => {
    const { server, run } = await start();
    server.faultOnce(ROUTE, fault);
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    expect(server.seenAt(ROUTE)).toHaveLength(1);
  });
});

test('What is kept of the answer has no picture, and no more than 64 KB', async () => {
  const { server, run } = await start();
  const info = JSON.stringify({ seed: 7, text: '€"'.repeat(100_000) });
  server.faultOnce(ROUTE, { kind: 'body', body: JSON.stringify({ images: ['AAAA'], info }) });
  const { raw } = await run(requestOf());
  expect(raw).toEqual({ info: { seed: 7, text: expect.stringMatching(/^(€"){1000} \[of 200000 characters\]$/) } });
  expect(Buffer.byteLength(JSON.stringify(raw))).toBeLessThan(64 * 1024);
  expect(Object.keys((await run(requestOf())).raw as object)).toEqual(['info']);
});

test('A check finds the checkpoint by any of its names, says its hash, and refuses another', async () => {
  for (const reference of ['mine', `mine.safetensors [${SHA.slice(0, 10)}]`, 'mine.safetensors', SHA.slice(0, 10)]) {
    const { server, check } = await start({}, { reference });
    expect(await check()).toMatchObject({ modelReported: SHA.slice(0, 10), ms: expect.any(Number) });
    expect(server.rendered()).toBe(0);
  }
  const { check } = await start({}, { reference: 'gone' });
  expect(await failure(check())).toMatchObject({ fault: 'refused' });
});

test('Options that nobody knows are refused', () => {
  expect(automatic1111.options.safeParse({ model: 'x' }).success).toBe(false);
  expect(automatic1111.options.safeParse({ mapping: { prompt: 'text' } }).success).toBe(false);
  expect(automatic1111.options.safeParse({}).success).toBe(true);
});
