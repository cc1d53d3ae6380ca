import type { Adapter, Answer, EndpointCall, ProviderJob, RunRequest, RunResult } from './adapter';
import { EndpointError } from './endpoint-error';
import { isEnded } from './is-ended';
import { pause } from './pause';
import { rawAnswer } from './raw-answer';

export type Driving = {
  /** The job that an earlier attempt of the same run has started. */
  resume: ProviderJob | null;
  /** Called once the endpoint has named the job, before anything else is asked of it. */
  onJob: (job: ProviderJob) => Promise<void>;
  /** Resolves when somebody outside says that the job has moved on. */
  moved: () => Promise<void>;
};

const SUBMITS = 3;
const PAUSES_MS = [250, 1_000, 3_000];
const CANCEL_MS = 5_000;
/** A job whose state cannot be read is asked for again until the run's deadline; what its provider does meanwhile is not ours to undo. */
const POLL_PAUSE_MS = 2_000;

/**
 * Takes a run to its result at one endpoint: submits, follows the job, stops it when the signal says so. Sends again only what was not
 * charged. Throws EndpointError, or the signal's reason.
 */
export async function runOnEndpoint(adapter: Adapter, call: EndpointCall<unknown>, request: RunRequest, driving: Driving): Promise<RunResult> {
  let job = driving.resume;
  let isKept = job !== null;
  try {
    let answer: Answer = job ? { kind: 'waiting', job, pollAfterMs: 0 } : await submit(adapter, call, request);
    while (answer.kind === 'waiting') {
      job = answer.job;
      if (!isKept) await driving.onJob(job);
      isKept = true;
      if (answer.progress !== undefined) call.onProgress(answer.progress);
      await Promise.race([pause(answer.pollAfterMs, call.signal), driving.moved()]);
      call.signal.throwIfAborted();
      answer = await poll(adapter, call, job, request);
    }
    return { ...answer.result, raw: rawAnswer(answer.result.raw, request.prompt) };
  } catch (error) {
    // A job that nobody could write down is one that nobody will ever ask for.
    if ((isEnded(call.signal) || !isKept) && job && adapter.cancel) await cancel(adapter, call, job);
    throw call.signal.aborted ? call.signal.reason : error;
  }
}

async function submit(adapter: Adapter, call: EndpointCall<unknown>, request: RunRequest): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await adapter.submit(call, request);
    } catch (error) {
      const again = error instanceof EndpointError && (error.fault === 'busy' || error.fault === 'unreachable' || error.status === 503);
      const safe = error instanceof EndpointError && (error.charged === 'no' || adapter.resubmit === 'free');
      if (!again || !safe || tries === SUBMITS) throw error;
      await pause(error.retryAfterMs ?? PAUSES_MS[tries - 1] ?? 0, call.signal);
    }
  }
}

async function poll(adapter: Adapter, call: EndpointCall<unknown>, job: ProviderJob, request: RunRequest): Promise<Answer> {
  if (!adapter.poll) throw new EndpointError('garbage', 'it named a job, and its kind has none', { charged: 'maybe' });
  try {
    return await adapter.poll(call, job, request);
  } catch (error) {
    const again = error instanceof EndpointError && (error.fault === 'busy' || error.fault === 'unreachable');
    if (!again) throw error;
    return { kind: 'waiting', job, pollAfterMs: error.retryAfterMs ?? POLL_PAUSE_MS };
  }
}

/** Best effort: what it still delivers is thrown away. */
async function cancel(adapter: Adapter, call: EndpointCall<unknown>, job: ProviderJob): Promise<void> {
  await adapter.cancel?.({ ...call, signal: AbortSignal.timeout(CANCEL_MS) }, job).catch(() => {});
}
