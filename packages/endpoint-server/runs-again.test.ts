import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import type { ProviderJob } from '../../lib/inference/adapter';
import { slowModel, tinyModel } from './testing/models';
import { serve } from './testing/serve';
import { adapter, callOf, closeBothSides, requestOf, run } from './testing/through-adapter';

/** The machine may be busy with something else. */
const PATIENT = { timeout: 20_000 };
vi.setConfig({ testTimeout: 30_000 });
afterEach(closeBothSides);

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
    const progress: number[] = [];
    const request = requestOf();
    const running = run(server, request, { onJob: (job) => jobs.push(job), onProgress: (fraction) => progress.push(fraction) });
    await expect.poll(() => progress, PATIENT).toContain(0.4);
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
    const stop = new AbortController();
    const running = run(server, request, stop);
    await expect.poll(() => slow.calls.length, PATIENT).toBe(1);
    await sleep(50);
    stop.abort(new AppError('run_cancelled'));
    await expect(running).rejects.toThrow('Cancelled');
    await expect.poll(() => slow.calls[0]?.signal.aborted, PATIENT).toBe(true);
    // Another worker takes the run up again, say: nothing was delivered, so it is made now.
    const again = run(server, request);
    slow.end();
    await expect.poll(() => slow.calls.length, PATIENT).toBe(2);
    slow.end();
    expect((await again).signature).not.toBeNull();
  });
  it('and was stopped is not made by the next start of the server', async () => {
    const slow = slowModel();
    const before = await serve(slow.model, { answerWithinMs: 0 });
    const request = requestOf();
    const stop = new AbortController();
    const running = run(before, request, { signal: stop.signal, onProgress: () => stop.abort(new AppError('run_cancelled')) });
    await expect(running).rejects.toThrow('Cancelled');
    await before.close();
    const model = tinyModel();
    const after = await serve(model, {}, before.folder);
    await expect(adapter.poll?.(callOf(after), { id: request.runId }, request)).rejects.toMatchObject({ fault: 'failed', status: 404 });
    expect(model.calls).toEqual([]);
  });
  it('ends at its deadline', async () => {
    const slow = slowModel();
    const server = await serve(slow.model);
    await expect(run(server, requestOf({ deadlineAt: new Date(Date.now() + 4_000) }))).rejects.toMatchObject({ fault: 'failed' });
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
    await expect.poll(() => slow.calls.length, PATIENT).toBe(2);
    expect((await adapter.submit(call, third)).kind).toBe('waiting');
  });
});
