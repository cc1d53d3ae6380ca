import { FormData } from 'undici';
import { z } from 'zod';
import type { EndpointCall } from '../adapter';
import { EndpointError } from '../endpoint-error';
import type { OutboundAnswer } from '../outbound/open-outbound';
import type { ComfyOptions } from './comfyui-graph';
import { type AskingBelow, askBelow, bearer, MAX_PICTURE_BYTES } from './self-hosted-shared';
import { type Phase, readAs, shapedAs } from './shared/ask';

export type ComfyCall = EndpointCall<ComfyOptions>;
/** A queue's lines hold everybody's whole workflows. */
const MAX_QUEUE_BYTES = 32 * 1024 * 1024;

const historyEntry = z.object({
  /** number, id, workflow, extra data, output nodes. */
  prompt: z.array(z.unknown()).optional(),
  outputs: z.record(z.string(), z.unknown()),
  status: z.object({ status_str: z.string(), completed: z.boolean(), messages: z.array(z.unknown()).optional() }).nullish(),
});
export type HistoryEntry = z.output<typeof historyEntry>;
const queueLine = z.tuple([z.number(), z.string(), z.unknown(), z.object({ client_id: z.unknown().optional() }).nullish()], z.unknown());
const queueShape = z.object({ queue_running: z.array(z.unknown()), queue_pending: z.array(z.unknown()) });

type Sending = Omit<AskingBelow, 'headers' | 'timeoutMs'> & { timeoutMs?: number };
const send = (call: ComfyCall, asking: Sending): Promise<OutboundAnswer> =>
  askBelow(call, { timeoutMs: call.options.callMs, ...asking, headers: bearer(call.secret) });

export async function getJson<T>(call: ComfyCall, path: string, schema: z.ZodType<T>, phase: Phase, maxBytes?: number): Promise<T> {
  return readAs(schema, await send(call, { path, phase, maxBytes }), phase).value;
}

/** What the server keeps of a prompt that is over; null while it is not, or where it knows none of that id. */
export async function readHistory(call: ComfyCall, id: string, phase: Phase): Promise<HistoryEntry | null> {
  const all = await getJson(call, `history/${encodeURIComponent(id)}`, z.record(z.string(), z.unknown()), phase);
  return Object.hasOwn(all, id) ? shapedAs(historyEntry, all[id], phase) : null;
}

export type Place = { id: string; state: 'running' | 'pending' };
/** Where a prompt is in the queue, by its id or by the run that sent it: older servers give every prompt an id of their own. */
export async function findInQueue(call: ComfyCall, wanted: { id: string; clientId?: string }, phase: Phase): Promise<Place | null> {
  const { queue_running, queue_pending } = await getJson(call, 'queue', queueShape, phase, MAX_QUEUE_BYTES);
  for (const [state, lines] of [['running', queue_running] as const, ['pending', queue_pending] as const]) {
    for (const line of lines) {
      const [, id, , extra] = queueLine.safeParse(line).data ?? [];
      const isOurs = id === wanted.id || (wanted.clientId !== undefined && extra?.client_id === wanted.clientId);
      if (id && isOurs) return { id, state };
    }
  }
  return null;
}

export async function uploadPicture(call: ComfyCall, png: Uint8Array, name: string): Promise<string> {
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(png)], { type: 'image/png' }), name);
  form.set('overwrite', 'true');
  const answer = await send(call, { path: 'upload/image', method: 'POST', form, phase: 'look' });
  const shape = z.object({ name: z.string().min(1).max(255), subfolder: z.string().max(255).default('') });
  const saved = readAs(shape, answer, 'look').value;
  return saved.subfolder ? `${saved.subfolder}/${saved.name}` : saved.name;
}

/** Sends a workflow. The id that comes back counts: newer servers take ours, older ones give one of their own. */
export async function postPrompt(call: ComfyCall, prompt: unknown, runId: string): Promise<string> {
  const json = { prompt, client_id: runId, prompt_id: runId };
  const answer = await send(call, { path: 'prompt', method: 'POST', json, phase: 'start' });
  return readAs(z.object({ prompt_id: z.string().regex(/^[\w-]{1,100}$/) }), answer, 'start').value.prompt_id;
}

const imageShape = z.object({
  filename: z.string().min(1).max(255),
  subfolder: z.string().max(255).default(''),
  type: z.string().max(32).default('output'),
});
const outputShape = z.object({ images: z.array(imageShape) });

/** The picture that is the work, as the server has it on its disk. */
export async function downloadPicture(call: ComfyCall, { outputs }: HistoryEntry): Promise<Uint8Array> {
  const { outputNode, answerMs } = call.options;
  const nodes = outputNode === undefined ? Object.values(outputs) : [outputs[outputNode]];
  const images = nodes.flatMap((output) => outputShape.safeParse(output).data?.images ?? []);
  const image = outputNode === undefined ? images.find(({ type }) => type === 'output') : images[0];
  if (!image) throw new EndpointError('failed', 'its workflow saved no picture', { charged: 'maybe' });
  const path = `view?${new URLSearchParams(image)}`;
  return (await send(call, { path, phase: 'follow', timeoutMs: answerMs, maxBytes: MAX_PICTURE_BYTES })).bytes;
}

/** Takes a prompt out of the queue, or stops it. `interrupt` stops whatever runs on older servers, so it is sent only while that is ours. */
export async function stopPrompt(call: ComfyCall, id: string): Promise<void> {
  await send(call, { path: 'queue', method: 'POST', json: { delete: [id] }, phase: 'follow' });
  const place = await findInQueue(call, { id }, 'follow');
  if (place?.state === 'running') await send(call, { path: 'interrupt', method: 'POST', json: { prompt_id: id }, phase: 'follow' });
}
