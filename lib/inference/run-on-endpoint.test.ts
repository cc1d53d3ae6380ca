import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { requestOf } from '@/scripts/standins/models/run-against';
import { type AdapterParts, type Answer, defineAdapter, type EndpointCall, type ProviderJob, type RunResult } from './adapter';
import { EndpointError } from './endpoint-error';
import { type Driving, runOnEndpoint } from './run-on-endpoint';

const RESULT = { output: { kind: 'text', text: 'done' }, providerJobId: null, raw: null } as RunResult;
const DONE: Answer = { kind: 'done', result: RESULT };
const waiting = (id = 'job', pollAfterMs = 1, progress?: number): Answer => ({ kind: 'waiting', job: { id }, pollAfterMs, progress });
const fault = (...[name, charged, more]: [EndpointError['fault'], 'no' | 'maybe', object?]) => new EndpointError(name, 'x', { charged, ...more });

/** An adapter that answers each call with the next of a list; the last of it again and again. */
function scripted(turns: { submit?: unknown[]; poll?: unknown[]; cancel?: () => Promise<void>; resubmit?: 'free' | 'charged' }) {
  const next = (list: unknown[] = []) =>
    vi.fn(async (..._: unknown[]) => {
      const turn = list.length > 1 ? list.shift() : list[0];
      if (turn instanceof Error) throw turn;
      return turn as Answer;
    });
  const [submit, poll, cancel] = [next(turns.submit ?? [waiting()]), next(turns.poll ?? [DONE]), vi.fn(turns.cancel ?? (async () => {}))];
  const parts = { options: z.unknown(), resubmit: turns.resubmit ?? 'charged', submit, poll, cancel, check: vi.fn() };
  return { submit, poll, cancel, adapter: defineAdapter(parts as unknown as AdapterParts<unknown>) };
}

function drive({ adapter }: { adapter: ReturnType<typeof defineAdapter> }, more: Partial<Driving & { signal: AbortSignal }> = {}) {
  const progress: number[] = [];
  const jobs: ProviderJob[] = [];
  const { signal = new AbortController().signal, ...driving } = more;
  const call = { options: {}, signal, onProgress: (fraction: number) => progress.push(fraction) } as unknown as EndpointCall<unknown>;
  const onJob = async (job: ProviderJob) => void jobs.push(job);
  const run = runOnEndpoint(adapter, call, requestOf(), { resume: null, onJob, moved: () => new Promise(() => {}), ...driving });
  return { run, progress, jobs };
}

test('What is kept of the answer has no prompt and no file in it, whatever its adapter handed on', async () => {
  const { prompt } = requestOf();
  const raw = { echo: `asked for: ${prompt}, drawn`, image: 'A'.repeat(5_000), seed: 2n ** 64n - 1n };
  const result = await drive(scripted({ submit: [{ kind: 'done', result: { ...RESULT, raw } }] })).run;
  expect(result.raw).toEqual({ echo: 'asked for: [the prompt], drawn', image: '[a file, 5000 characters]', seed: String(2n ** 64n - 1n) });
});

describe('sending a run', () => {
  test.each([
    ['busy', 'no', 'charged', 3],
    ['unreachable', 'no', 'charged', 3],
    ['unreachable', 'maybe', 'charged', 1],
    ['unreachable', 'maybe', 'free', 3],
    ['busy', 'maybe', 'charged', 1],
    ['refused', 'no', 'free', 1],
    ['unauthorised', 'no', 'free', 1],
    ['blocked', 'no', 'free', 1],
    ['failed', 'no', 'free', 1],
    ['garbage', 'maybe', 'free', 1],
  ] as const)('that is %s, charged %s, where sending again is %s, is tried %i times', async (name, charged, resubmit, tries) => {
    const error = fault(name, charged, { retryAfterMs: 1 });
    const script = scripted({ submit: [error], resubmit });
    await expect(drive(script).run).rejects.toBe(error);
    expect(script.submit).toHaveBeenCalledTimes(tries);
  });

  test('waits as long as it is told to, and goes on with the first answer', async () => {
    const script = scripted({ submit: [fault('busy', 'no', { retryAfterMs: 120 }), DONE] });
    const startedAt = performance.now();
    expect(await drive(script).run).toEqual(RESULT);
    expect(performance.now() - startedAt).toBeGreaterThan(110);
  });

  test('ends with the signal’s reason while it waits to try again', async () => {
    const stop = new AbortController();
    const script = scripted({ submit: [fault('busy', 'no', { retryAfterMs: 60_000 })] });
    const { run } = drive(script, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('too late')), 20);
    await expect(run).rejects.toThrow('too late');
    expect(script.cancel).not.toHaveBeenCalled();
  });

  test('ends with an error that is no endpoint’s as it is', async () => {
    const script = scripted({ submit: [new TypeError('ours')] });
    await expect(drive(script).run).rejects.toThrow('ours');
    expect(script.submit).toHaveBeenCalledTimes(1);
  });
});

describe('following a job', () => {
  test('names it once, before anything else is asked, and reports progress', async () => {
    const script = scripted({ submit: [waiting('a', 1, 0)], poll: [waiting('a', 1, 0.5), waiting('a', 1), DONE] });
    const order: string[] = [];
    script.poll.mockImplementationOnce(async () => {
      order.push('asked');
      return waiting('a', 1, 0.5);
    });
    const { run, progress } = drive(script, { onJob: async ({ id }) => void order.push(`named ${id}`) });
    expect(await run).toEqual(RESULT);
    expect(order).toEqual(['named a', 'asked']);
    expect(progress).toEqual([0, 0.5, 0.5]);
  });

  test('that was named earlier sends nothing and names nothing', async () => {
    const script = scripted({});
    const { run, jobs } = drive(script, { resume: { id: 'earlier' } });
    expect(await run).toEqual(RESULT);
    expect(script.submit).not.toHaveBeenCalled();
    expect(script.poll.mock.calls[0]?.[1]).toEqual({ id: 'earlier' });
    expect(jobs).toEqual([]);
  });

  test('goes on with the job as its provider last named it', async () => {
    const script = scripted({ submit: [waiting('a')], poll: [waiting('b'), DONE] });
    await drive(script).run;
    expect(script.poll.mock.calls.map(([, job]) => (job as ProviderJob).id)).toEqual(['a', 'b']);
  });

  test('asks at once when somebody outside says that it has moved', async () => {
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const script = scripted({ submit: [waiting('a', 60_000)] });
    const { run } = drive(script, { moved: () => told });
    await wait(20);
    expect(script.poll).not.toHaveBeenCalled();
    tell();
    expect(await run).toEqual(RESULT);
  });

  test.each(['busy', 'unreachable'] as const)('outlives an endpoint that is %s', async (name) => {
    const error = fault(name, 'maybe', { retryAfterMs: 1 });
    const script = scripted({ poll: [error, error, error, error, error, DONE] });
    expect(await drive(script).run).toEqual(RESULT);
    expect(script.submit).toHaveBeenCalledTimes(1);
  });

  test.each(['failed', 'garbage', 'refused', 'unauthorised', 'blocked'] as const)('ends where it is %s', async (name) => {
    const error = fault(name, 'maybe');
    const script = scripted({ poll: [error] });
    await expect(drive(script).run).rejects.toBe(error);
    expect(script.poll).toHaveBeenCalledTimes(1);
    expect(script.cancel).not.toHaveBeenCalled();
  });

  test('of an adapter that follows none is garbage', async () => {
    const adapter = defineAdapter({ options: z.unknown(), resubmit: 'free', submit: async () => waiting(), check: vi.fn() });
    await expect(drive({ adapter }).run).rejects.toMatchObject({ fault: 'garbage' });
  });
});

describe('stopping', () => {
  test.each(['while it waits', 'while it asks'])('%s stops the job at its provider, once, with a signal that still holds', async (when) => {
    const stop = new AbortController();
    const script = scripted({ submit: [waiting('a', when === 'while it waits' ? 60_000 : 1)] });
    // An adapter's call ends with the reason of the signal it was given.
    script.poll.mockImplementation(async (call) => {
      const { signal } = call as EndpointCall<unknown>;
      await wait(60_000, undefined, { signal }).catch(() => signal.throwIfAborted());
      return DONE;
    });
    const { run } = drive(script, { signal: stop.signal });
    setTimeout(() => stop.abort(new AppError('run_cancelled')), 30);
    await expect(run).rejects.toThrow('Cancelled');
    expect(script.cancel).toHaveBeenCalledTimes(1);
    const [call, job] = script.cancel.mock.calls[0] as unknown as [EndpointCall<unknown>, ProviderJob];
    expect([call.signal.aborted, job]).toEqual([false, { id: 'a' }]);
  });

  test('says why it was stopped, even where the endpoint cannot be told', async () => {
    const stop = new AbortController();
    const script = scripted({ submit: [waiting('a', 60_000)], cancel: () => Promise.reject(fault('unreachable', 'no')) });
    const { run } = drive(script, { signal: stop.signal });
    setTimeout(() => stop.abort(new AppError('run_cancelled')), 10);
    await expect(run).rejects.toThrow('Cancelled');
  });

  test('between the answer to the submission and the first question stops the job, too', async () => {
    const stop = new AbortController();
    const script = scripted({ submit: [waiting('a', 60_000)] });
    const { run } = drive(script, { signal: stop.signal, onJob: async () => stop.abort(new AppError('run_cancelled')) });
    await expect(run).rejects.toThrow('Cancelled');
    expect(script.cancel).toHaveBeenCalledTimes(1);
  });

  test.each([new AppError('wrong_state'), new Error('the worker stops')])('leaves the job to whoever goes on with the run (%s)', async (reason) => {
    const stop = new AbortController();
    const script = scripted({ submit: [waiting('a', 60_000)] });
    const { run } = drive(script, { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 10);
    await expect(run).rejects.toBe(reason);
    expect(script.cancel).not.toHaveBeenCalled();
  });

  test.each([true, false])('goes for a job whose name could not be kept, too (run stopped: %s)', async (isStopped) => {
    const stop = new AbortController();
    const script = scripted({ submit: [waiting('a', 60_000)] });
    const onJob = async () => {
      if (isStopped) stop.abort(new Error('fenced off'));
      throw new Error('fenced off');
    };
    await expect(drive(script, { signal: stop.signal, onJob }).run).rejects.toThrow('fenced off');
    expect(script.cancel).toHaveBeenCalledTimes(1);
    expect(script.poll).not.toHaveBeenCalled();
  });
});

test('An adapter refuses settings that are not its own at every call', async () => {
  const submit = vi.fn(async () => DONE);
  const adapter = defineAdapter({ options: z.strictObject({ size: z.number() }), resubmit: 'free', submit, check: vi.fn() });
  await expect(drive({ adapter }).run).rejects.toThrow(z.ZodError);
  expect(submit).not.toHaveBeenCalled();
});
