import { createContext, Script } from 'node:vm';
import { build } from 'esbuild';
import { canonicalize } from 'json-canonicalize';
import { expect, it, vi } from 'vitest';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { render } from '@/lib/inference/house/render';
import { rasterContent } from '@/lib/protocol/content';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import { paramsHash, paramsText } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import { houseManifest } from '@/prisma/seed/house-models';
import type { ReRunMessage } from './messages';
import { engineOf, manifestOf, planReRun, type ReRunRecord } from './plan-re-run';
import { readOpening } from './read-opening';
import { kernelHere, runInWorker } from './run-in-worker';
import { startReRun } from './start-re-run';

vi.setConfig({ testTimeout: 60_000 });

const opening = { salt: `0x${'5a'.repeat(16)}`, prompt: 'deep teal silk, “quiet”\nat dusk' } as const;
const [nacre] = HOUSE_MODELS;
if (!nacre) throw new Error('no house model');

/** A work of a house model as its receipt has it. */
function work(model = nacre ?? HOUSE_MODELS[0], seed = '11'): { record: ReRunRecord; manifest: string } {
  if (!model) throw new Error('no house model');
  const manifest = manifestText(houseManifest(model, `0x${'c0'.repeat(20)}`));
  const { properties } = model.parameterSchema;
  const params = { ...Object.fromEntries(Object.entries(properties).map(([name, rule]) => [name, rule.default])), width: 512, height: 512 };
  const content = rasterContent(render({ model: model.id, prompt: opening.prompt, seed, params }));
  const receipt = {
    version: versionDigest(manifest),
    seed,
    paramsHash: paramsHash(paramsText(params)),
    promptHash: promptHash(opening),
    content,
    parent: `0x${'00'.repeat(32)}`,
  } as const;
  return { record: { kind: 'image', params: paramsText(params), receipt }, manifest };
}

/** A run as a worker makes it: its messages, in order. */
function messagesOf(record: ReRunRecord): ReRunMessage[] {
  const plan = planReRun(record, 'nacre', opening);
  if ('refused' in plan) throw new Error(plan.refused);
  const messages: ReRunMessage[] = [];
  runInWorker(plan.request, (message) => messages.push(message));
  return messages;
}

it.each(HOUSE_MODELS.map((model) => [model.id, model] as const))(
  'a work of %s comes out as it was signed, from its record, its manifest and its opening',
  (id, model) => {
    const { record, manifest } = work(model);
    const read = manifestOf(record, manifest);
    const engine = read && engineOf(read);
    expect(engine).toBe(id);
    const plan = engine && planReRun(record, engine, opening);
    if (!plan || 'refused' in plan) throw new Error('refused');
    const messages: ReRunMessage[] = [];
    runInWorker(plan.request, (message) => messages.push(message));
    expect(messages.at(-1)).toEqual({ kind: 'done', content: record.receipt.content });
  },
);

it('another seed is another picture', () => {
  const { record } = work();
  const changed = { ...record, receipt: { ...record.receipt, seed: '12' } };
  const end = messagesOf(changed).at(-1);
  expect(end).toMatchObject({ kind: 'done' });
  expect(end).not.toMatchObject({ content: record.receipt.content });
});

it('nothing is run with settings or a prompt that were not signed, or that are no settings of the model', () => {
  const { record } = work();
  const other = record.params.replace('"width":"512"', '"width":"1024"');
  expect(other).not.toBe(record.params);
  expect(planReRun({ ...record, params: other }, 'nacre', opening)).toEqual({ refused: 'params' });
  expect(planReRun(record, 'nacre', { ...opening, prompt: `${opening.prompt} ` })).toEqual({ refused: 'opening' });
  for (const params of ['{"width":"9999"}', '{"__proto__":"1"}', 'nonsense', '{}x']) {
    const signed = { ...record, params, receipt: { ...record.receipt, paramsHash: paramsHash(params) } };
    expect(planReRun(signed, 'nacre', opening)).toEqual({ refused: 'params' });
  }
});

it('another manifest than the receipt names is not believed', () => {
  const { record, manifest } = work();
  expect(manifestOf(record, `${manifest} `)).toBeNull();
  expect(manifestOf(record, manifest.replace('"A"', '"D"'))).toBeNull();
});

it.each<[string, Partial<Manifest>]>([
  ['other weights', { weights: `0x${'11'.repeat(32)}` }],
  ['no weights', { weights: null }],
  ['a lower grade', { reproducibility: 'C' }],
  ['no seed', { seedKind: 'none' }],
  ['texts', { kind: 'text' }],
])('a version of %s is not run', (_, change) => {
  const manifest = JSON.parse(work().manifest) as Manifest;
  expect(engineOf({ ...manifest, ...change })).toBeNull();
});

it('an opening is read from the page’s file and from salt and prompt alone, and from nothing else', () => {
  expect(readOpening(canonicalize(opening))).toEqual(opening);
  expect(readOpening(JSON.stringify({ type: 'intaglio-prompt-opening', v: 1, ...opening, receipt: `0x${'11'.repeat(32)}` }))).toEqual(opening);
  for (const text of ['', 'null', '[]', '{"prompt":"x"}', '{"salt":"0x11","prompt":"x"}', '{"salt":1,"prompt":2}'])
    expect(readOpening(text)).toBeNull();
});

/** A worker that says what it is told to. */
function stub() {
  const worker = {
    sent: [] as unknown[],
    ended: false,
    onmessage: null as ((event: MessageEvent<ReRunMessage>) => void) | null,
    onerror: null as ((event: ErrorEvent) => void) | null,
    postMessage: (message: unknown) => void worker.sent.push(message),
    terminate() {
      worker.ended = true;
    },
  };
  const say = (data: ReRunMessage) => worker.onmessage?.({ data } as MessageEvent<ReRunMessage>);
  return { worker, say };
}
const request = { model: 'nacre', prompt: '', seed: '1', params: {} } as const;

it('a run is followed to its end, and its worker is ended with it', async () => {
  const { worker, say } = stub();
  const progress: number[] = [];
  const done = startReRun(request, { signal: new AbortController().signal, onProgress: (at) => progress.push(at) }, () => worker);
  expect(worker.sent).toEqual([request]);
  say({ kind: 'progress', done: 0.25 });
  say({ kind: 'progress', done: 0.5 });
  expect(worker.ended).toBe(false);
  say({ kind: 'done', content: `0x${'ab'.repeat(32)}` });
  expect(await done).toBe(`0x${'ab'.repeat(32)}`);
  expect([progress, worker.ended]).toEqual([[0.25, 0.5], true]);
});

it('a run that is stopped ends its worker at once, and one that fails says so', async () => {
  const stopped = stub();
  const controller = new AbortController();
  const first = startReRun(request, { signal: controller.signal, onProgress: () => {} }, () => stopped.worker);
  controller.abort(new Error('stopped'));
  await expect(first).rejects.toThrow('stopped');
  expect(stopped.worker.ended).toBe(true);
  const failed = stub();
  const second = startReRun(request, { signal: new AbortController().signal, onProgress: () => {} }, () => failed.worker);
  failed.say({ kind: 'failed', message: 'no memory' });
  await expect(second).rejects.toThrow('no memory');
  expect(failed.worker.ended).toBe(true);
});

it('the worker’s own bundle, with nothing but what a browser has, makes the signed picture', async () => {
  const bundle = await build({
    entryPoints: [`${import.meta.dirname}/worker.ts`],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  // The whole engine with three models.
  expect(code.length).toBeLessThan(200_000);
  const { record } = work();
  const plan = planReRun(record, 'nacre', opening);
  if ('refused' in plan) throw new Error(plan.refused);
  const messages: ReRunMessage[] = [];
  let listener: (event: { data: unknown }) => void = () => {};
  const context = createContext({
    performance,
    TextEncoder,
    TextDecoder,
    atob,
    addEventListener: (_: string, given: typeof listener) => (listener = given),
    postMessage: (message: ReRunMessage) => messages.push(message),
  });
  new Script(code).runInContext(context);
  listener({ data: structuredClone(plan.request) });
  expect({ ...messages.at(-1) }).toEqual({ kind: 'done', content: record.receipt.content });
  expect(messages.length).toBeGreaterThan(0);
});

it('where a browser compiles no WebAssembly, plain arithmetic is taken', () => {
  expect(kernelHere()).toBe('wasm');
  vi.stubGlobal('WebAssembly', undefined);
  expect(kernelHere()).toBe('plain');
  vi.unstubAllGlobals();
});
