import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, type ProviderJob, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import { inputMapping, mapInput, withoutPicture } from '../map-params';
import { explainFal, explainFalResult } from './fal/errors';
import { readPayload } from './fal/payload';
import { readFalWebhook } from './fal/webhook';
import { apiBase } from './shared/address';
import { ask, readAs } from './shared/ask';
import { limits } from './shared/limits';

const options = z.strictObject({
  input: inputMapping.extend({ image: inputMapping.shape.image.unwrap().default('image_url') }).prefault({}),
  /** Width and height as one object, as most of its models take them. */
  imageSize: z.boolean().default(true),
});
type Call = EndpointCall<z.output<typeof options>>;

const SEGMENT = /^[\w-][\w.-]*$/;
const NAMESPACES = new Set(['workflows', 'comfy']);
/** No request has this id. */
const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

const submitted = z.object({ request_id: z.string().regex(/^[\w-]{1,100}$/) });
const progress = z.object({ status: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']), error: z.unknown().optional() });

/** A run goes to the whole path of an app; about a request one asks at owner/alias, without the path behind it. */
function addresses({ url, reference }: Call): { submit: string; requests: string } {
  const segments = reference.split('/');
  const length = NAMESPACES.has(segments[0] ?? '') ? 3 : 2;
  if (segments.length < length || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new EndpointError('refused', 'its reference is not owner/app', { charged: 'no' });
  }
  const base = apiBase(url, 'https://queue.fal.run');
  return { submit: `${base}/${reference}`, requests: `${base}/${segments.slice(0, length).join('/')}/requests` };
}

const headersOf = ({ secret }: Call): Record<string, string> => ({ authorization: `Key ${secret ?? ''}` });

function inputOf({ options: { input, imageSize } }: Call, request: RunRequest): Record<string, unknown> {
  const { width, height, ...others } = request.params;
  const whole = !imageSize || width === undefined || height === undefined;
  return whole ? mapInput(request, input) : { ...mapInput({ ...request, params: others }, input), image_size: { width, height } };
}

async function resultOf(call: Call, job: ProviderJob, failed: boolean): Promise<Answer> {
  const url = `${addresses(call).requests}/${encodeURIComponent(job.id)}`;
  const asking = { phase: 'follow', url, headers: headersOf(call), timeoutMs: limits.pollMs, maxBytes: limits.answerBytes } as const;
  const answer = await ask(call, { ...asking, explain: (answer) => explainFalResult(answer, failed) });
  if (failed) throw new EndpointError('failed', 'the request ended with an error', { charged: 'maybe' });
  return readPayload(call, answer, job);
}

/** Waits for an answer, and minds only the statuses that say something about the endpoint. */
async function unless(asking: Promise<unknown>, isMeaningless: (status: number) => boolean): Promise<void> {
  await asking.catch((error) => {
    if (!(error instanceof EndpointError) || error.status === undefined || !isMeaningless(error.status)) throw error;
  });
}

export const fal = defineAdapter({
  options,
  resubmit: 'charged',
  refusesPicture: ({ input }) => withoutPicture(input),
  async submit(call, request) {
    const query = call.webhookUrl ? `?fal_webhook=${encodeURIComponent(call.webhookUrl)}` : '';
    const headers = { ...headersOf(call), 'content-type': 'application/json' };
    const url = `${addresses(call).submit}${query}`;
    const asking = { phase: 'start', url, method: 'POST', headers, body: toExactJson(inputOf(call, request)), timeoutMs: limits.submitMs } as const;
    const { value } = readAs(submitted, await ask(call, { ...asking, explain: explainFal }), 'start');
    return { kind: 'waiting', job: { id: value.request_id }, pollAfterMs: limits.pollAfterMs };
  },
  async poll(call, job) {
    const url = `${addresses(call).requests}/${encodeURIComponent(job.id)}/status?logs=0`;
    const answer = await ask(call, { phase: 'follow', url, headers: headersOf(call), timeoutMs: limits.pollMs, explain: explainFal });
    const { value } = readAs(progress, answer, 'follow');
    if (value.status === 'COMPLETED') return resultOf(call, job, Boolean(value.error));
    return { kind: 'waiting', job, pollAfterMs: limits.pollAfterMs };
  },
  async cancel(call, job) {
    const url = `${addresses(call).requests}/${encodeURIComponent(job.id)}/cancel`;
    await ask(call, { phase: 'follow', url, method: 'PUT', headers: headersOf(call), timeoutMs: limits.pollMs });
  },
  /** Asks after a request that nobody made, and for the app's price. That an app which is not in the catalogue exists, only a run proves. */
  async check(call) {
    const startedMs = performance.now();
    const look = { phase: 'look', headers: headersOf(call), timeoutMs: limits.checkMs, explain: explainFal } as const;
    // 404 is the right answer where the queue takes the key; of a public app it may not even look at the key.
    await unless(ask(call, { ...look, url: `${addresses(call).requests}/${NO_REQUEST}/status?logs=0` }), (status) => status === 404);
    // Prices are told to known keys only. One that may make runs and nothing else may get 403, and an app of the creator's own has no price.
    const prices = `${apiBase(call.url, 'https://api.fal.ai')}/v1/models/pricing?${new URLSearchParams({ endpoint_id: call.reference })}`;
    await unless(ask(call, { ...look, url: prices }), (status) => status !== 401);
    return { ms: Math.round(performance.now() - startedMs), modelReported: null };
  },
  readWebhook: async (call, hook) => readFalWebhook(call, hook),
});
