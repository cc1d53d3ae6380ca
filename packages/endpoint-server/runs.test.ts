import sharp from 'sharp';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkOutput } from '../../lib/inference/check-output';
import { openOutbound } from '../../lib/inference/outbound/open-outbound';
import { recoverSigner } from '../../lib/keys/signer';
import { rasterContent, textContent } from '../../lib/protocol/content';
import { paramsText } from '../../lib/protocol/params';
import { generate as exampleModel } from './example-model';
import type { Model } from './model';
import { encodePng } from './png';
import { tinyModel } from './testing/models';
import { platformKey, serve, VERSION } from './testing/serve';
import { adapter, callOf, closeBothSides, digestOf, requestOf, run } from './testing/through-adapter';

vi.setConfig({ testTimeout: 30_000 });
afterEach(async () => {
  vi.restoreAllMocks();
  await closeBothSides();
});

describe('a run', () => {
  it('of the example model arrives with a receipt that the version’s key signed over what we compute ourselves', async () => {
    const server = await serve({ generate: exampleModel }, { answerWithinMs: 30_000 });
    const request = requestOf({ params: { width: 96, height: 64 } });
    const result = await run(server, request);
    const output = await checkOutput(result.output, { kind: 'image', width: 96, height: 64, isSigned: true });
    expect(recoverSigner(digestOf(request, rasterContent(output)), result.signature ?? '0x')).toBe(server.signer);
    expect(result).toMatchObject({ seedReported: request.seed, modelReported: VERSION, weightsReported: null, providerJobId: request.runId });
    expect(JSON.stringify(result.raw).length).toBeLessThan(2_000);
  });
  it('of a text is signed over its UTF-8 bytes', async () => {
    const server = await serve({ generate: ({ prompt }) => ({ text: `${prompt} · ✓` }) });
    const request = requestOf({ kind: 'text' });
    const result = await run(server, request);
    expect(result.output).toEqual({ kind: 'text', text: 'a plate, après la pluie · ✓' });
    expect(recoverSigner(digestOf(request, textContent('a plate, après la pluie · ✓')), result.signature ?? '0x')).toBe(server.signer);
  });
  it('of the example model for texts is the same for the same seed, and begins with the text it starts from', async () => {
    const server = await serve({ generate: exampleModel });
    const request = () => requestOf({ kind: 'text', params: { lines: 3 } });
    const [first, again] = [await run(server, request()), await run(server, request())];
    expect(first.output).toEqual(again.output);
    expect(first.output).toMatchObject({ kind: 'text', text: expect.stringMatching(/^(The .+\.\n){2}The .+\.$/) });
    const [text, content] = ['Before.\nMore.', textContent('Before.\nMore.')];
    const receipt = { ...requestOf().receipt, paramsText: paramsText({ work: content }) };
    const after = await run(server, requestOf({ kind: 'text', inputs: [{ kind: 'text', content, text }], receipt }));
    expect(after.output).toMatchObject({ text: expect.stringMatching(/^Before\.\nThe /) });
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
    await run(server, requestOf({ inputs: [{ kind: 'image', content, png }], receipt }));
    expect(model.calls[0]?.inputs).toMatchObject([{ kind: 'image', rgba: pixels }]);
  });
  it('from an input text gives the model that text, and is refused where its content is another', async () => {
    const model = tinyModel();
    const generate: Model['generate'] = (call) => {
      model.calls.push(call);
      return { text: 'after it' };
    };
    const server = await serve({ generate });
    const [text, content] = ['what was said before · ✓', textContent('what was said before · ✓')];
    const receipt = { ...requestOf().receipt, paramsText: paramsText({ work: content }) };
    const request = requestOf({ kind: 'text', inputs: [{ kind: 'text', content, text }], receipt });
    expect((await run(server, request)).output).toEqual({ kind: 'text', text: 'after it' });
    expect(model.calls[0]?.inputs).toEqual([{ kind: 'text', content, text }]);
    const other = requestOf({ kind: 'text', inputs: [{ kind: 'text', content, text: `${text}!` }], receipt });
    await expect(run(server, other)).rejects.toMatchObject({ fault: 'refused' });
  });
  it('whose text is none is not signed', async () => {
    const server = await serve({ generate: () => ({ text: 'a\0b' }) });
    await expect(run(server, requestOf({ kind: 'text' }))).rejects.toMatchObject({ fault: 'failed' });
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
    ['an answer without anything', 'failed', () => ({}) as never],
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
  const ways = openOutbound();
  const http = ways.forEndpoint(server.url);
  await expect(adapter.submit({ ...callOf(server), http }, requestOf())).rejects.toMatchObject({ fault: 'refused', charged: 'no' });
  await expect(adapter.submit({ ...callOf(server), secret: 'token' }, requestOf())).resolves.toMatchObject({ kind: 'done' });
  await ways.close();
});
it('a large request that is refused for its signature says so', async () => {
  const server = await serve(tinyModel(), { platformKeys: [platformKey('platform-1').jwk] });
  const png = new Uint8Array(12_000_000);
  const request = requestOf({ inputs: [{ kind: 'image', content: VERSION, png }] });
  await expect(run(server, request)).rejects.toMatchObject({ fault: 'unauthorised', charged: 'no' });
});
