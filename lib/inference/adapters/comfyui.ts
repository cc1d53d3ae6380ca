import { z } from 'zod';
import { type Answer, defineAdapter, type ProviderJob, pictureOf, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { isEnded } from '../is-ended';
import { type ComfyOptions, checkpointsIn, comfyOptions, fillGraph, graphShape, seedIn } from './comfyui-graph';
import {
  type ComfyCall,
  downloadPicture,
  findInQueue,
  getJson,
  type HistoryEntry,
  postPrompt,
  readHistory,
  stopPrompt,
  uploadPicture,
} from './comfyui-server';
import { mustMake, whileStopping } from './self-hosted-shared';
import { done } from './shared/done';

async function submit(call: ComfyCall, request: RunRequest): Promise<Answer> {
  mustMake('image', request);
  const { runId } = request;
  const input = pictureOf(request);
  // Whoever had this run before may have sent it, and died before it could say so.
  const known = await findJob(call, runId);
  if (known) return { kind: 'waiting', job: { id: known }, pollAfterMs: 0 };
  const graph = fillGraph(call.options, request, input ? await uploadPicture(call, input.png, `${runId}.png`) : null);
  try {
    return waiting(call, { id: await postPrompt(call, graph, runId) });
  } catch (error) {
    if (isEnded(call.signal)) await whileStopping(call, async (stopping) => stopPrompt(stopping, (await findJob(stopping, runId)) ?? runId));
    throw error;
  }
}

async function findJob(call: ComfyCall, runId: string): Promise<string | null> {
  const place = await findInQueue(call, { id: runId, clientId: runId }, 'look');
  return place?.id ?? ((await readHistory(call, runId, 'look')) ? runId : null);
}

const waiting = ({ options }: ComfyCall, job: ProviderJob, progress?: number): Answer => ({
  kind: 'waiting',
  job,
  pollAfterMs: options.pollMs,
  ...(progress !== undefined && { progress }),
});

async function poll(call: ComfyCall, job: ProviderJob): Promise<Answer> {
  const over = await readHistory(call, job.id, 'follow');
  if (over) return readResult(call, job, over);
  const place = await findInQueue(call, { id: job.id }, 'follow');
  if (place) return waiting(call, job, place.state === 'pending' ? 0 : undefined);
  // It may have ended between the two questions; after the second no there is nothing to wait for.
  const ended = await readHistory(call, job.id, 'follow');
  if (ended) return readResult(call, job, ended);
  throw new EndpointError('failed', 'it does not know the job any more', { charged: 'maybe' });
}

async function readResult(call: ComfyCall, { id }: ProviderJob, entry: HistoryEntry): Promise<Answer> {
  const { status, prompt, outputs } = entry;
  if (status && (status.status_str !== 'success' || !status.completed)) throw failure(status.messages ?? []);
  const executed = graphShape.safeParse(prompt?.[2]).data ?? null;
  const said = { seedReported: seedIn(executed, call.options), modelReported: checkpointsIn(executed), providerJobId: id };
  return done({ kind: 'file', bytes: await downloadPicture(call, entry) }, { status, outputs, prompt: executed }, said);
}

const errorMessage = z.tuple([z.literal('execution_error'), z.object({ node_type: z.string(), exception_type: z.string() })]);

/** Which node failed and how, in the server's names only: its sentences may quote the prompt. */
function failure(messages: unknown[]): EndpointError {
  const [found] = messages.flatMap((message) => (errorMessage.safeParse(message).success ? [errorMessage.parse(message)[1]] : []));
  const name = (text: string) => (/^[\w.]{1,80}$/.test(text) ? text : 'unknown');
  const what = found ? `${name(found.exception_type)} in ${name(found.node_type)}` : 'it stopped half way';
  return new EndpointError('failed', what, { charged: 'maybe' });
}

/** ComfyUI, and what speaks like it: the creator's own workflow with a run's values in it. Behind a proxy with a key, that is the secret. */
export const comfyui = defineAdapter<ComfyOptions>({
  options: comfyOptions,
  resubmit: 'free',
  refusesPicture: ({ slots }) => (Object.hasOwn(slots, 'image') ? null : 'have no slot “image” for the picture'),
  submit,
  poll,
  cancel: async (call, { id }) => stopPrompt(call, id),
  async check(call) {
    const startedAt = performance.now();
    const { graph } = call.options;
    for (const type of new Set(Object.values(graph).map(({ class_type }) => class_type))) {
      const known = await getJson(call, `object_info/${encodeURIComponent(type)}`, z.record(z.string(), z.unknown()), 'look');
      if (!Object.hasOwn(known, type)) throw new EndpointError('refused', `it has no node ${type}`, { charged: 'no' });
    }
    return { ms: Math.round(performance.now() - startedAt), modelReported: checkpointsIn(graph) };
  },
});
