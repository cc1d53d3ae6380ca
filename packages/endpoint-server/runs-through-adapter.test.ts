import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EndpointCall, ProviderJob, RunRequest } from '../../lib/inference/adapter';
import { signedHttpAdapter } from '../../lib/inference/adapters/signed-http';
import { checkOutput } from '../../lib/inference/check-output';
import { openOutbound } from '../../lib/inference/outbound/open-outbound';
import { runOnEndpoint } from '../../lib/inference/run-on-endpoint';
import { recoverSigner } from '../../lib/keys/signer';
import { rasterContent } from '../../lib/protocol/content';
import { sha256Hex } from '../../lib/protocol/hash';
import { paramsHash, paramsText } from '../../lib/protocol/params';
import { promptHash } from '../../lib/protocol/prompt';
import { NO_PARENT, type Receipt, receiptDigest } from '../../lib/protocol/receipt';
import { generate as exampleModel } from './example-model';
import type { GenerateCall, Generated, Model } from './model';
import { encodePng } from './png';
import { CHAIN_ID, COLLECTION, closeAll, platform, platformKey, serve, tinyModel, VERSION } from './testing/serve';

const adapter = signedHttpAdapter(platform.signer);
const http = openOutbound({ privateHosts: new Set() });
const open: ReturnType<typeof openOutbound>[] = [];
let stop = new AbortController();
let progress: number[] = [];
beforeEach(() => {
  stop = new AbortController();
  progress = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  await closeAll();
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => http.close());

function callOf({ url }: { url: string }): EndpointCall<unknown> {
  const private_ = openOutbound({ privateHosts: new Set([new URL(url).host]) });
  open.push(private_);
  const onProgress = (fraction: number) => progress.push(fraction);
  return { url, secret: null, reference: VERSION, options: {}, http: private_, signal: stop.signal, onProgress, webhookUrl: null };
}

function requestOf(changes: Partial<RunRequest> = {}): RunRequest {
  const params = changes.params ?? { width: 2, height: 1 };
  return {
    runId: crypto.randomUUID(),
    kind: 'image',
    prompt: 'a plate, après la pluie',
    seed: 2n ** 63n + 5n,
    seedKind: 'exact',
    params,
    inputs: [],
    receipt: {
      chainId: CHAIN_ID,
      collection: COLLECTION,
      version: VERSION,
      paramsText: paramsText(params),
      salt: `0x${'5a'.repeat(16)}`,
      parent: NO_PARENT,
    },
    ...changes,
  };
}

async function run(server: { url: string }, request: RunRequest, jobs: ProviderJob[] = []) {
  const driving = { resume: null, onJob: async (job: ProviderJob) => void jobs.push(job), moved: () => new Promise<void>(() => {}) };
  return runOnEndpoint(adapter, callOf(server), request, driving);
}

/** What we would sign ourselves for this run, over the bytes that came. */
function digestOf({ prompt, seed, receipt: terms }: RunRequest, content: `0x${string}`): `0x${string}` {
  const { version, parent, salt } = terms;
  const receipt: Receipt = { version, seed, paramsHash: paramsHash(terms.paramsText), promptHash: promptHash({ salt, prompt }), content, parent };
  return receiptDigest(terms.chainId, terms.collection, receipt);
}

/** A model that works until it is told how to end. */
function slowModel() {
  let end: (made: Generated) => void = () => {};
  const calls: GenerateCall[] = [];
  const model: Model = {
    generate: (call) => {
      calls.push(call);
      call.onProgress(0.4);
      return new Promise((resolve) => {
        end = resolve;
      });
    },
  };
  return { model, calls, end: (made: Generated = { width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 4) }) => end(made) };
}

describe('a run', () => {
  it('of the example model arrives with a receipt that the version’s key signed over what we compute ourselves', async () => {
    const server = await serve({ generate: exampleModel }, { answerWithinMs: 30_000 });
    const request = requestOf({ params: { width: 96, height: 64 }, receipt: { ...requestOf().receipt, paramsText: '{"height":"64","width":"96"}' } });
    const result = await run(server, request);
    const output = await checkOutput(result.output, { width: 96, height: 64 });
    expect(recoverSigner(digestOf(request, rasterContent(output)), result.signature ?? '0x')).toBe(server.signer);
    expect(result).toMatchObject({ seedReported: request.seed, modelReported: VERSION, weightsReported: null, providerJobId: request.runId });
    expect(JSON.stringify(result.raw).length).toBeLessThan(2_000);
  });
  it('of a text is signed over its UTF-8 bytes', async () => {
    const server = await serve({ generate: ({ prompt }) => ({ text: `${prompt} · ✓` }) });
    const request = requestOf({ kind: 'text' });
    const result = await run(server, request);
    expect(result.output).toEqual({ kind: 'text', text: 'a plate, après la pluie · ✓' });
    expect(recoverSigner(digestOf(request, sha256Hex('a plate, après la pluie · ✓')), result.signature ?? '0x')).toBe(server.signer);
  });
  it('from an input picture gives the model its pixels, as sharp encodes them', async () => {
    const model = tinyModel();
    const server = await serve(model);
    const pixels = Uint8Array.from({ length: 5 * 7 * 4 }, (_, i) => (i * 37) % 256);
    const png = await sharp(pixels, { raw: { width: 5, height: 7, channels: 4 } })
      .png({ compressionLevel: 6 })
      .toBuffer();
    const content = rasterContent({ width: 5, height: 7, rgba: pixels });
    const receipt = { ...requestOf().receipt, paramsText: paramsText({ work: content }) };
    await run(server, requestOf({ inputs: [{ content, png }], receipt }));
    expect(Buffer.from(model.calls[0]?.inputs[0]?.rgba ?? []).equals(Buffer.from(pixels))).toBe(true);
  });
  it('of a model whose weights are known says which', async () => {
    const weights = `0x${'77'.repeat(32)}` as const;
    expect((await run(await serve({ ...tinyModel(), weights }), requestOf())).weightsReported).toBe(weights);
  });
  it('with the platform’s custody is not signed', async () => {
    const server = await serve(tinyModel(), { custody: 'platform' });
    expect([server.signer, (await run(server, requestOf())).signature]).toEqual([null, null]);
  });
  it('of a model without a seed signs 0 and reports none', async () => {
    const request = requestOf({ seed: 0n, seedKind: 'none' });
    expect((await run(await serve(tinyModel()), request)).seedReported).toBeNull();
  });
});

describe('the same run', () => {
  it('is made once, sent twice one after the other and at the same time', async () => {
    const model = tinyModel();
    const server = await serve(model);
    const request = requestOf();
    const [first, second] = await Promise.all([run(server, request), run(server, { ...request, deadlineAt: new Date(Date.now() + 90_000) })]);
    expect([second, await run(server, request)]).toEqual([first, first]);
    expect(model.calls.length).toBe(1);
  });
  it('is refused with other content', async () => {
    const server = await serve(tinyModel());
    const request = requestOf();
    await run(server, request);
    await expect(run(server, { ...request, prompt: 'another' })).rejects.toMatchObject({ fault: 'refused', status: 409, charged: 'no' });
  });
  it('has its result, and its key, after a restart', async () => {
    const model = tinyModel();
    const before = await serve(model);
    const request = requestOf();
    const first = await run(before, request);
    await before.close();
    const after = await serve(model, {}, before.folder);
    expect([await run(after, request), after.signer, model.calls.length]).toEqual([first, before.signer, 1]);
  });
  it('goes on after a restart in its middle', async () => {
    const slow = slowModel();
    const before = await serve(slow.model, { answerWithinMs: 0 });
    const request = requestOf();
    await adapter.submit(callOf(before), request);
    await before.close();
    const model = tinyModel();
    const after = await serve(model, {}, before.folder);
    expect(await adapter.poll?.(callOf(after), { id: request.runId }, request)).toMatchObject({ kind: expect.stringMatching(/done|waiting/) });
    expect([(await run(after, request)).providerJobId, model.calls.length]).toEqual([request.runId, 1]);
  });
});

describe('a run that takes long', () => {
  it('is named, says how far it is, and is fetched when it is done', async () => {
    const slow = slowModel();
    const server = await serve(slow.model, { answerWithinMs: 20 });
    const jobs: ProviderJob[] = [];
    const request = requestOf();
    const running = run(server, request, jobs);
    await expect.poll(() => progress).toContain(0.4);
    slow.end();
    expect((await running).providerJobId).toBe(request.runId);
    expect(jobs).toEqual([{ id: request.runId }]);
  });
  it.each([
    ['after it was named', 0],
    ['before it was named', 60_000],
  ])('is stopped at the model when we stop %s', async (_name, answerWithinMs) => {
    const slow = slowModel();
    const server = await serve(slow.model, { answerWithinMs });
    const request = requestOf();
    const running = run(server, request);
    await expect.poll(() => slow.calls.length).toBe(1);
    await sleep(50);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect.poll(() => slow.calls[0]?.signal.aborted).toBe(true);
    // Another worker takes the run up again, say: nothing was delivered, so it is made now.
    stop = new AbortController();
    const again = run(server, request);
    slow.end();
    await expect.poll(() => slow.calls.length).toBe(2);
    slow.end();
    expect((await again).signature).not.toBeNull();
  });
  it('ends at its deadline', async () => {
    const slow = slowModel();
    const server = await serve(slow.model);
    await expect(run(server, requestOf({ deadlineAt: new Date(Date.now() + 1_900) }))).rejects.toMatchObject({ fault: 'failed' });
    expect(slow.calls[0]?.signal.aborted).toBe(true);
  });
  it('waits for a place, and is told to come back where none is left', async () => {
    const slow = slowModel();
    const server = await serve(slow.model, { answerWithinMs: 0, concurrency: 1, queue: 1 });
    const call = callOf(server);
    const [first, second, third] = [requestOf(), requestOf(), requestOf()];
    const kinds = [(await adapter.submit(call, first)).kind, (await adapter.submit(call, second)).kind];
    await expect(adapter.submit(call, third)).rejects.toMatchObject({ fault: 'busy', charged: 'no', retryAfterMs: 5_000, isItsOwn: false });
    expect([...kinds, slow.calls.length]).toEqual(['waiting', 'waiting', 1]);
    slow.end();
    await expect.poll(() => slow.calls.length).toBe(2);
    expect((await adapter.submit(call, third)).kind).toBe('waiting');
  });
});

describe('what the model does', () => {
  const profile = async () =>
    sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
  const deep = async () =>
    sharp({ create: { width: 2, height: 2, channels: 3, background: '#fff' } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
  it.each<[string, string, Model['generate']]>([
    ['a refusal of its safety filter', 'blocked', () => ({ blocked: 'people' })],
    ['an error', 'failed', () => Promise.reject(new Error('out of memory'))],
    ['a text in place of a picture', 'failed', () => ({ text: 'x' })],
    ['pixels that are not of their size', 'failed', () => ({ width: 2, height: 2, rgba: new Uint8Array(3) })],
    ['a file that is no PNG', 'failed', () => ({ png: new Uint8Array(30) })],
    ['a PNG with a profile', 'failed', async () => ({ png: await profile() })],
    ['a PNG of 16 bit', 'failed', async () => ({ png: await deep() })],
  ])('%s is %s', async (_name, fault, generate) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await expect(run(await serve({ generate }), requestOf())).rejects.toMatchObject({ fault });
  });
  it('a PNG leaves without what else was in the file', async () => {
    const pixels = { width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 255) };
    const png = await sharp(pixels.rgba, { raw: { width: 1, height: 1, channels: 4 } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .png()
      .toBuffer();
    const { output } = await run(await serve({ generate: () => ({ png }) }), requestOf());
    expect(output.kind === 'file' && Buffer.from(output.bytes).equals(encodePng(pixels))).toBe(true);
  });
});

it('a check names the version that the deployment refers to', async () => {
  const other = `0x${'b2'.repeat(32)}` as const;
  const server = await serve(tinyModel(), { versions: [other, VERSION] });
  expect(await adapter.check(callOf(server))).toMatchObject({ modelReported: VERSION });
});
it('a bearer token is sent along with the signature, and a private address is not called unless it is listed', async () => {
  const server = await serve(tinyModel());
  await expect(adapter.submit({ ...callOf(server), http }, requestOf())).rejects.toMatchObject({ fault: 'refused', charged: 'no' });
  await expect(adapter.submit({ ...callOf(server), secret: 'token' }, requestOf())).resolves.toMatchObject({ kind: 'done' });
});
it('a large request that is refused for its signature says so', async () => {
  const server = await serve(tinyModel(), { platformKeys: [platformKey('platform-1').jwk] });
  const png = new Uint8Array(12_000_000);
  const request = requestOf({ inputs: [{ content: VERSION, png }] });
  await expect(run(server, request)).rejects.toMatchObject({ fault: 'unauthorised', charged: 'no' });
});
