import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_PARENT } from '@/lib/protocol/receipt';
import { adapter, answers, callTo, closeAll, good, receipt, request, version } from './testing/hostile-endpoint';

// What a hostile or broken endpoint can answer. Runs as they should be are tested with the real server (packages/endpoint-server).
vi.setConfig({ testTimeout: 30_000 });
afterEach(closeAll);

describe('answers that are not of the contract', () => {
  it.each<[string, unknown]>([
    ['no JSON', '<html>hello</html>'],
    ['half of it', JSON.stringify(good).slice(0, -20)],
    ['nothing', ''],
    ['null', 'null'],
    ['no receipt', { ...good, receipt: undefined }],
    ['no output', { ...good, output: null }],
    ['an output of another type', { ...good, output: { type: 'image/svg+xml', data: 'AAAA' } }],
    ['a picture without bytes', { ...good, output: { type: 'image/png', data: '' } }],
    ['a seed that is a number', { ...good, seed: 5 }],
    ['a seed above uint64', { ...good, seed: (2n ** 64n).toString() }],
    ['a short signature', { ...good, signature: '0x1234' }],
    ['another run', { ...good, run: request.runId.replace(/1$/, '2') }],
    ['a receipt of another seed', { ...good, receipt: { ...receipt, seed: '6' } }],
    ['a receipt of another prompt', { ...good, receipt: { ...receipt, promptHash: NO_PARENT } }],
    ['a receipt of other parameters', { ...good, receipt: { ...receipt, paramsHash: NO_PARENT } }],
    ['a receipt of another parent', { ...good, receipt: { ...receipt, parent: version } }],
    ['a receipt of another version', { ...good, receipt: { ...receipt, version: NO_PARENT } }],
  ])('%s is garbage', async (_name, body) => {
    await expect(adapter.submit(await answers({ body }), request)).rejects.toMatchObject({ fault: 'garbage', charged: 'maybe' });
  });
  it('the same answer as it should be is taken', async () => {
    expect(await adapter.submit(await answers({ body: { ...good, more: 1 } }), request)).toMatchObject({
      kind: 'done',
      result: { seedReported: 5n, modelReported: version, signature: null, raw: { run: request.runId } },
    });
  });
  it('more than 64 MB is garbage', async () => {
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    const call = await callTo((_, response) => {
      const write = (left: number): void => void (left > 0 ? response.write(piece, () => write(left - 1)) : response.end());
      write(66);
    });
    await expect(adapter.submit(call, request)).rejects.toMatchObject({ fault: 'garbage' });
  });
  it('a connection that breaks off is unreachable', async () => {
    const call = await callTo((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"run":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(adapter.submit(call, request)).rejects.toMatchObject({ fault: 'unreachable', charged: 'maybe' });
  });
  it('another version is reported, and not taken for the one that was asked for', async () => {
    const other = `0x${'b2'.repeat(32)}`;
    const body = { ...good, version: other, receipt: { ...receipt, version: other } };
    expect(await adapter.submit(await answers({ body }), request)).toMatchObject({ result: { modelReported: other } });
  });
});

describe('jobs', () => {
  const waiting = { run: request.runId, pollAfterMs: 500, progress: 0.5 };
  it.each([
    [
      { ...waiting, pollAfterMs: 0 },
      { pollAfterMs: 100, progress: 0.5 },
    ],
    [
      { ...waiting, pollAfterMs: 600_000, progress: undefined },
      { pollAfterMs: 30_000, progress: undefined },
    ],
  ])('%o is asked again neither at once nor never', async (body, expected) => {
    expect(await adapter.submit(await answers({ status: 202, body }), request)).toMatchObject({
      kind: 'waiting',
      job: { id: request.runId },
      ...expected,
    });
  });
  it.each([{ ...waiting, progress: 2 }, { ...waiting, pollAfterMs: -1 }, { ...waiting, run: 'x' }, 'soon'])('%o is garbage', async (body) => {
    await expect(adapter.submit(await answers({ status: 202, body }), request)).rejects.toMatchObject({ fault: 'garbage' });
  });
  it('a deployment without an address is refused, and so are settings nobody knows', async () => {
    const call = await answers({ body: good });
    await expect(adapter.submit({ ...call, url: null }, request)).rejects.toMatchObject({ fault: 'refused', charged: 'no' });
    await expect(adapter.submit({ ...call, options: { more: 1 } }, request)).rejects.toThrow();
  });
});
