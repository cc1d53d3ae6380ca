import { z } from 'zod';
import type { EndpointCall } from '../adapter';
import { pause } from '../pause';
import { askBelow, basicAuth, whileStopping } from './self-hosted-shared';
import { readAs } from './shared/ask';

const progressAnswer = z.object({
  progress: z.number().nullish(),
  state: z.object({ interrupted: z.boolean().nullish(), job_timestamp: z.string().nullish() }).nullish(),
  /** The `force_task_id` of whichever request is being worked on. Older servers do not say. */
  current_task: z.string().nullish(),
});
type Progress = z.output<typeof progressAnswer>;
type Call = EndpointCall<{ callMs: number; pollMs: number }>;

async function readProgress(call: Call): Promise<Progress> {
  const path = 'sdapi/v1/progress?skip_current_image=true';
  const answer = await askBelow(call, { path, headers: basicAuth(call.secret), timeoutMs: call.options.callMs, phase: 'look' });
  return readAs(progressAnswer, answer, 'look').value;
}

/** Reports progress while `work` is under way. Nothing that goes wrong with it is the run's concern. */
export async function withProgress<T>(call: Call, taskId: string, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const watching = watch({ ...call, signal: AbortSignal.any([call.signal, over.signal]) }, taskId).catch(() => {});
  try {
    return await work;
  } finally {
    over.abort();
    await watching;
  }
}

async function watch(call: Call, taskId: string): Promise<void> {
  for (;;) {
    await pause(call.options.pollMs, call.signal);
    const now = await readProgress(call).catch(() => null);
    if (now?.progress && isOurs(now, taskId)) call.onProgress(Math.min(Math.max(now.progress, 0), 1));
  }
}

const isOurs = ({ current_task }: Progress, taskId: string) => current_task === undefined || current_task === taskId;

/** Stops our request, and not the one of somebody else that the machine is at: an interrupted picture is delivered half done. */
export async function interrupt(call: Call, taskId: string): Promise<void> {
  await whileStopping(call, async (stopping) => {
    if (!isOurs(await readProgress(stopping), taskId)) return;
    await askBelow(stopping, {
      path: 'sdapi/v1/interrupt',
      method: 'POST',
      headers: basicAuth(call.secret),
      timeoutMs: call.options.callMs,
      phase: 'look',
    });
  });
}

/** True where the server says that the request of that moment was interrupted: by a person at the machine, most likely. */
export async function wasInterrupted(call: Call, jobTimestamp: string | undefined): Promise<boolean> {
  const { state } = await readProgress(call).catch((): Progress => ({}));
  return state?.interrupted === true && jobTimestamp !== undefined && state.job_timestamp === jobTimestamp;
}
