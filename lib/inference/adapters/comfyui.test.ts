import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/errors';
import { type ComfyUI, startComfyUI } from '@/scripts/standins/models/comfyui';
import { jsonOf } from '@/scripts/standins/models/json-of';
import { type Against, LONG_SEED, requestOf, runAgainst, SECRET_PROMPT, until } from '@/scripts/standins/models/run-against';
import { checkOutput } from '../check-output';
import { comfyui } from './comfyui';
import { comfyOptions, fillGraph } from './comfyui-graph';
import { testRefusals } from './testing/refusals';
import { failure } from './testing/stage';

const node = (class_type: string, inputs: Record<string, unknown>) => ({ class_type, inputs, _meta: { title: class_type } });
const GRAPH = {
  3: node('KSampler', { model: ['4', 0], seed: 1, steps: 20, cfg: 7, positive: ['6', 0], negative: ['7', 0], latent_image: ['5', 0] }),
  4: node('CheckpointLoaderSimple', { ckpt_name: 'mine.safetensors' }),
  5: node('EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }),
  6: node('CLIPTextEncode', { text: '', clip: ['4', 1] }),
  7: node('CLIPTextEncode', { text: 'blurry', clip: ['4', 1] }),
  8: node('VAEDecode', { samples: ['3', 0], vae: ['4', 2] }),
  1: node('PreviewImage', { images: ['8', 0] }),
  9: node('SaveImage', { images: ['8', 0], filename_prefix: 'intaglio' }),
};
const SLOTS = {
  prompt: { node: '6', input: 'text' },
  seed: { node: '3', input: 'seed' },
  width: { node: '5', input: 'width' },
  height: { node: '5', input: 'height' },
};
const OPTIONS = { graph: GRAPH, slots: SLOTS, pollMs: 10, callMs: 2_000 };
const CHECKPOINTS = ['mine.safetensors', 'other.safetensors'];
const PROMPT = 'POST /prompt';

let opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const { close } of opened) await close();
  opened = [];
});

async function start(more: Partial<Parameters<typeof startComfyUI>[0]> = {}, against: Partial<Against> = {}) {
  const server = await startComfyUI({ checkpoints: CHECKPOINTS, ...more });
  const endpoint = runAgainst(comfyui, { url: server.url, options: OPTIONS, ...against });
  opened.push(endpoint, server);
  return { server, ...endpoint };
}
const postedTo = (server: ComfyUI) => server.seenAt(PROMPT).map(jsonOf)[0];
const posted = (server: ComfyUI) => server.seenAt(PROMPT).length;

describe('a run that succeeds', () => {
  test('gives the saved picture, the seed that was in the executed workflow, and the name of its checkpoint', async () => {
    const { run, jobs } = await start();
    const request = requestOf();
    const { output, ...said } = await run(request);
    expect(await checkOutput(output, { kind: 'image', width: 64, height: 48, isSigned: false })).toMatchObject({ width: 64 });
    expect(said).toMatchObject({ seedReported: LONG_SEED, modelReported: 'mine.safetensors', weightsReported: null, providerJobId: request.runId });
    expect(said.raw).toMatchObject({ status: { status_str: 'success' }, prompt: { 3: { inputs: { seed: String(LONG_SEED) } } } });
    expect(jobs).toEqual([{ id: request.runId }]);
  });

  test('sends the creator’s workflow with the run’s values in its slots, and nothing else changed', async () => {
    const slots = { ...SLOTS, guidance: { node: '3', input: 'cfg', divisor: 10 }, negativePrompt: { node: '7', input: 'text' } };
    const { server, run } = await start({}, { options: { ...OPTIONS, slots } });
    const request = requestOf({ params: { width: 64, height: 48, guidance: 65, negativePrompt: 'fog' } });
    await run(request);
    const prompt = structuredClone(GRAPH);
    Object.assign(prompt[3].inputs, { seed: LONG_SEED, cfg: 6.5 });
    Object.assign(prompt[5].inputs, { width: 64, height: 48 });
    Object.assign(prompt[6].inputs, { text: SECRET_PROMPT });
    Object.assign(prompt[7].inputs, { text: 'fog' });
    expect(postedTo(server)).toEqual({ prompt, client_id: request.runId, prompt_id: request.runId });
  });

  test('takes the saved picture and no preview, or the node that the creator names', async () => {
    const { server, run } = await start();
    await run(requestOf());
    expect(server.seenAt('GET /view')[0]?.query.get('type')).toBe('output');
    const named = await start({}, { options: { ...OPTIONS, outputNode: '1' } });
    await named.run(requestOf());
    expect(named.server.seenAt('GET /view')[0]?.query.get('type')).toBe('temp');
  });

  test('uploads an input picture first, and puts its name in the slot', async () => {
    const graph = { ...GRAPH, 10: node('LoadImage', { image: 'example.png' }), 5: node('VAEEncode', { pixels: ['10', 0], vae: ['4', 2] }) };
    const slots = { prompt: SLOTS.prompt, seed: SLOTS.seed, image: { node: '10', input: 'image' } };
    const { server, run } = await start({}, { options: { ...OPTIONS, graph, slots } });
    const request = requestOf({ params: {}, inputs: [{ kind: 'image', content: '0x', png: Buffer.from('a picture') }] });
    await run(request);
    expect([...server.uploads]).toEqual([`${request.runId}.png`]);
    const [upload] = server.seenAt('POST /upload/image');
    expect(upload?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(upload?.body.includes('a picture')).toBe(true);
    expect(postedTo(server)).toMatchObject({ prompt: { 10: { inputs: { image: `${request.runId}.png` } } } });
  });

  test('carries its secret as a bearer token in every request', async () => {
    const { server, run } = await start({ token: 'tok en' }, { secret: 'tok en' });
    await run(requestOf());
    expect(server.seen.length).toBeGreaterThan(3);
    expect(server.seen.every(({ headers }) => headers.authorization === 'Bearer tok en')).toBe(true);
    const other = await start({ token: 'tok en' });
    expect(await failure(other.run(requestOf()))).toMatchObject({ fault: 'unauthorised', charged: 'no' });
  });

  test('says zero progress while it waits behind somebody else', async () => {
    const { server, run } = await start({ renderMs: 400 });
    const first = run(requestOf());
    await until(() => posted(server) === 1);
    const fractions: number[] = [];
    await run(requestOf(), { onProgress: (fraction) => fractions.push(fraction) });
    await first;
    expect(new Set(fractions)).toEqual(new Set([0]));
  });

  test('follows the id that an older server gave the prompt', async () => {
    const { run, jobs } = await start({ isOld: true });
    const request = requestOf();
    const { providerJobId } = await run(request);
    expect(providerJobId).not.toBe(request.runId);
    expect(jobs).toEqual([{ id: providerJobId }]);
  });

  test('passes on that the executed workflow had another seed or checkpoint', async () => {
    const { server, run } = await start();
    const request = requestOf();
    const prompt = { 3: node('KSampler', { seed: 5 }), 4: node('CheckpointLoaderSimple', { ckpt_name: 'other.safetensors' }) };
    const outputs = { 9: { images: [{ filename: `${request.runId}-9.png`, subfolder: '', type: 'output' }] } };
    const status = { status_str: 'success', completed: true, messages: [] };
    await run(request);
    const forged = {
      kind: 'body',
      body: JSON.stringify({ [request.runId]: { prompt: [0, request.runId, prompt, {}, []], outputs, status } }),
    } as const;
    server.faultOnce(`GET /history/${request.runId}`, forged, forged);
    expect(await run(request)).toMatchObject({ seedReported: 5n, modelReported: 'other.safetensors' });
  });
});

describe('a worker that takes over', () => {
  test('with the job’s id goes on with it, and sends nothing again', async () => {
    const { server, run, jobs } = await start({ renderMs: 600 });
    const request = requestOf();
    const first = run(request);
    await until(() => jobs.length === 1);
    const [a, b] = await Promise.all([first, run(request, { resume: jobs[0] })]);
    expect(a.providerJobId).toBe(b.providerJobId);
    expect(posted(server)).toBe(1);
  });

  test.each([false, true])('without it finds the run in the queue (older server: %s), so that one prompt is made', async (isOld) => {
    const { server, run, jobs } = await start({ renderMs: 600, isOld });
    const request = requestOf();
    const first = run(request);
    await until(() => jobs.length === 1);
    await run(request);
    await first;
    expect(posted(server)).toBe(1);
  });

  test('without it finds the run in the history', async () => {
    const { server, run } = await start();
    const request = requestOf();
    await run(request);
    expect(await run(request)).toMatchObject({ seedReported: LONG_SEED });
    expect(posted(server)).toBe(1);
  });

  test('and a connection that was cut after the prompt was taken make one prompt', async () => {
    const { server, run } = await start({ renderMs: 100 });
    server.faultOnce(PROMPT, { kind: 'cut' });
    expect(await run(requestOf())).toMatchObject({ seedReported: LONG_SEED });
    expect(posted(server)).toBe(1);
  });
});

describe('a run that is cancelled', () => {
  test('is interrupted where it runs', async () => {
    const { server, run, jobs } = await start({ renderMs: 5_000 });
    const stop = new AbortController();
    const request = requestOf();
    const running = run(request, { signal: stop.signal });
    await until(() => jobs.length === 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    expect(server.seenAt('POST /interrupt').map(jsonOf)).toEqual([{ prompt_id: request.runId }]);
  });

  test.each([false, true])('is taken out of the queue where it waits, and what runs goes on (older server: %s)', async (isOld) => {
    const { server, run, jobs } = await start({ renderMs: 600, isOld });
    const first = run(requestOf());
    await until(() => jobs.length === 1);
    const stop = new AbortController();
    const second = run(requestOf(), { signal: stop.signal });
    await until(() => jobs.length === 2);
    stop.abort(new AppError('run_cancelled'));
    await expect(second).rejects.toThrow('Cancelled');
    expect(server.seenAt('POST /queue').map(jsonOf)).toEqual([{ delete: [jobs[1]?.id] }]);
    expect(server.seenAt('POST /interrupt')).toEqual([]);
    await first;
  });

  test('before the server has said its id is stopped by the run’s', async () => {
    const { server, run } = await start({ renderMs: 5_000 });
    server.faultOnce(PROMPT, { kind: 'hang' });
    const stop = new AbortController();
    const running = run(requestOf(), { signal: stop.signal });
    await until(() => posted(server) === 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    expect(server.seenAt('POST /interrupt')).toHaveLength(1);
  });

  test('stays cancelled when the picture comes late', async () => {
    const { server, run } = await start();
    server.faultOnce('GET /view', { kind: 'late', ms: 150 });
    const stop = new AbortController();
    const running = run(requestOf(), { signal: stop.signal });
    await until(() => server.seenAt('GET /view').length === 1);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
  });
});

describe('a server that fails', () => {
  testRefusals(comfyui, async () => {
    const { server, run } = await start();
    return { server, route: /^POST \/prompt$/, run: () => run(requestOf()) };
  });

  test('to validate the workflow refuses the run', async () => {
    const graph = { ...GRAPH, 4: node('CheckpointLoaderSimple', { ckpt_name: 'deleted.safetensors' }) };
    const { run } = await start({}, { options: { ...OPTIONS, graph } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'refused', status: 400, charged: 'no' });
  });

  test('in a node says which, and none of its sentences', async () => {
    const { run } = await start({ failing: { exception_type: 'torch.OutOfMemoryError' } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'failed', what: 'torch.OutOfMemoryError in KSampler', charged: 'maybe' });
    const quoting = await start({ failing: { exception_type: `Error: ${SECRET_PROMPT}` } });
    expect(await failure(quoting.run(requestOf()))).toMatchObject({ what: 'unknown in KSampler' });
  });

  test('by forgetting the job ends the run', async () => {
    const { server, run, jobs } = await start({ renderMs: 5_000 });
    const running = failure(run(requestOf()));
    await until(() => jobs.length === 1);
    const forever = (body: string) => Array.from({ length: 50 }, () => ({ kind: 'body', body }) as const);
    server.faultOnce(`GET /history/${jobs[0]?.id}`, ...forever('{}'));
    server.faultOnce('GET /queue', ...forever('{"queue_running":[],"queue_pending":[]}'));
    expect(await running).toMatchObject({ fault: 'failed', what: 'it does not know the job any more' });
  });

  test('for a while, when it is asked how far it is, does not end the run', async () => {
    const { server, run, jobs } = await start({ renderMs: 100 });
    const running = run(requestOf());
    await until(() => jobs.length === 1);
    const busy = { reply: { status: 503, headers: { 'retry-after': '0' } } } as const;
    server.faultOnce(`GET /history/${jobs[0]?.id}`, busy, busy);
    await running;
    expect(posted(server)).toBe(1);
  });

  test('by hanging is asked again, and has made one prompt', async () => {
    const { server, run } = await start({}, { options: { ...OPTIONS, callMs: 600 } });
    server.faultOnce(PROMPT, { kind: 'hang' });
    await run(requestOf());
    expect(posted(server)).toBe(1);
  });

  test('to save a picture fails the run', async () => {
    const { run } = await start({}, { options: { ...OPTIONS, outputNode: '8' } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'failed', what: 'its workflow saved no picture' });
  });

  test.each([
    ['half an answer', PROMPT, { kind: 'half' }],
    ['a page', PROMPT, { kind: 'body', body: '<html>' }],
    ['an id that is a path', PROMPT, { kind: 'body', body: '{"prompt_id":"../../etc"}' }],
    ['an id that is a number', PROMPT, { kind: 'body', body: '{"prompt_id":7}' }],
    ['a queue that is none', 'GET /queue', { kind: 'body', body: '{"queue_running":{}}' }],
  ] as const)('with %s (%s, %o) is garbage', async (_, route, fault) => {
    const { server, run } = await start();
    server.faultOnce(route, fault);
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'garbage' });
  });

  test.each(['[]', '{"ID":7}', '{"ID":{"outputs":[],"status":{}}}', '{"ID":{"outputs":{},"status":{"status_str":1,"completed":"yes"}}}'])(
    'with the history %s is garbage',
    async (text) => {
      const { server, run } = await start();
      const request = requestOf();
      const history = { kind: 'body', body: text.replace('ID', request.runId) } as const;
      server.faultOnce(`GET /history/${request.runId}`, { kind: 'body', body: '{}' }, history);
      expect(await failure(run(request))).toMatchObject({ fault: 'garbage', charged: 'maybe' });
    },
  );
});

describe('a run that its workflow has no place for', () => {
  test.each([
    ['a parameter', { params: { mood: 3 } }, 'its workflow has no slot "mood"'],
    ['an inherited name', { params: { constructor: 3 } }, 'its workflow has no slot "constructor"'],
    ['a text', { kind: 'text', params: {} }, 'it makes images, and this model makes texts'],
  ] as const)('(%s) is refused before anything is sent', async (_, more, what) => {
    const { server, run } = await start();
    expect(await failure(run(requestOf(more)))).toMatchObject({ fault: 'refused', what, charged: 'no' });
    expect(posted(server)).toBe(0);
  });

  test('(a seed) is refused, and one without a seed is not', async () => {
    const { prompt, width, height } = SLOTS;
    const { run } = await start({}, { options: { ...OPTIONS, slots: { prompt, width, height } } });
    expect(await failure(run(requestOf()))).toMatchObject({ fault: 'refused' });
    expect(await run(requestOf({ seedKind: 'none', seed: 0n }))).toMatchObject({ seedReported: null });
  });
});

test('A check asks for every kind of node, and makes nothing', async () => {
  const { server, check } = await start();
  expect(await check()).toMatchObject({ modelReported: 'mine.safetensors' });
  expect(posted(server)).toBe(0);
  const graph = { ...GRAPH, 11: node('SUPIR_Upscale', {}) };
  const lacking = await start({}, { options: { ...OPTIONS, graph } });
  expect(await failure(lacking.check())).toMatchObject({ fault: 'refused', what: 'it has no node SUPIR_Upscale' });
});

test('Filling a workflow leaves the creator’s own as it was', () => {
  const options = comfyOptions.parse(OPTIONS);
  expect(fillGraph(options, requestOf(), null)).toMatchObject({ 6: { inputs: { text: SECRET_PROMPT } } });
  expect(options.graph).toEqual(comfyOptions.parse(OPTIONS).graph);
});

describe('options', () => {
  test.each([
    ['a slot in a node that is not there', { slots: { ...SLOTS, seed: { node: '99', input: 'seed' } } }],
    ['a slot in an input that is not there', { slots: { ...SLOTS, seed: { node: '3', input: 'noise_seed' } } }],
    ['a slot in an inherited name', { slots: { ...SLOTS, seed: { node: '3', input: '__proto__' } } }],
    ['no slot for the prompt', { slots: { seed: SLOTS.seed } }],
    ['an output that is not there', { outputNode: '99' }],
    ['more than 256 KB', { graph: { ...GRAPH, 12: node('Note', { text: 'x'.repeat(300_000) }) } }],
    ['a workflow of the editor’s format', { graph: { nodes: [], links: [] } }],
    ['a setting that nobody knows', { color: 'red' }],
  ])('with %s are refused', (_, more) => {
    expect(comfyui.options.safeParse(OPTIONS).success).toBe(true);
    expect(comfyui.options.safeParse({ ...OPTIONS, ...more }).success).toBe(false);
  });
});
