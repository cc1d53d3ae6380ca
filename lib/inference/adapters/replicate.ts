import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, type ProviderJob, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import { inputMapping, mapInput } from '../map-params';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { explainReplicate } from './replicate-errors';
import { replicateBase as base, readReplicateWebhook, replicateHeaders } from './replicate-webhook';
import { ask, type Phase, readAs } from './shared/ask';
import { limits } from './shared/limits';
import { outputFile } from './shared/output-file';
import { rawAnswer } from './shared/raw-answer';

const options = z.strictObject({ input: inputMapping.prefault({}) });
type Call = EndpointCall<z.output<typeof options>>;

const VERSION_ID = /^[0-9a-f]{64}$/;
const OWNER_AND_NAME = /^[\w.-]+\/[\w.-]+$/;
/** How its models, and Replicate itself, say that a safety filter has refused. */
const FILTERED = /nsfw|flagged as sensitive|\(E005\)/i;

const prediction = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  version: z.string().max(200).nullish(),
  output: z.unknown(),
  error: z.unknown(),
  urls: z.object({ get: z.string().optional(), cancel: z.string().optional() }).nullish(),
});
type Prediction = z.output<typeof prediction>;

/** Where it says how to ask about a job. Elsewhere than its own API the token does not go: there the documented address is taken. */
function jobAddress(call: Call, { id, urls }: ProviderJob, what: 'get' | 'cancel'): string {
  const api = base(call);
  const theirs = urls?.[what];
  if (theirs && URL.canParse(theirs) && new URL(theirs).origin === new URL(api).origin) return theirs;
  return `${api}/v1/predictions/${encodeURIComponent(id)}${what === 'cancel' ? '/cancel' : ''}`;
}

/** An official model goes by its name, any other by the version that runs. */
function createRequest({ reference, webhookUrl, options }: Call, request: RunRequest): { path: string; body: object } {
  const hook = webhookUrl && { webhook: webhookUrl, webhook_events_filter: ['completed'] };
  const input = { input: mapInput(request, options.input), ...hook };
  if (VERSION_ID.test(reference)) return { path: '/v1/predictions', body: { version: reference, ...input } };
  if (OWNER_AND_NAME.test(reference)) return { path: `/v1/models/${reference}/predictions`, body: input };
  throw new EndpointError('refused', 'its reference is neither a version’s id nor owner/name', { charged: 'no' });
}

async function answerOf(call: Call, answer: OutboundAnswer, phase: Phase, request: RunRequest): Promise<Answer> {
  const { value, raw } = readAs(prediction, answer, phase);
  const { id, status, urls, version } = value;
  if (status === 'starting' || status === 'processing') {
    const kept = Object.entries(urls ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { kind: 'waiting', job: { id, urls: Object.fromEntries(kept) }, pollAfterMs: limits.pollAfterMs };
  }
  if (status !== 'succeeded') throw ended(value);
  const [first] = Array.isArray(value.output) ? value.output : [value.output];
  if (typeof first !== 'string') throw new EndpointError('garbage', 'it succeeded without a file', { charged: 'maybe' });
  const result = {
    output: await outputFile(call, first),
    // It echoes the seed it was sent, which says nothing of the one that was used.
    seedReported: null,
    modelReported: version && version !== 'hidden' ? version : null,
    weightsReported: null,
    providerJobId: id,
    signature: null,
    raw: rawAnswer(raw, request.prompt),
  };
  return { kind: 'done', result };
}

function ended({ status, error }: Prediction): EndpointError {
  const filtered = typeof error === 'string' && FILTERED.test(error.slice(0, 2_000));
  return new EndpointError(filtered ? 'blocked' : 'failed', `the prediction ended as ${status}`, { charged: 'maybe' });
}

export const replicate = defineAdapter({
  options,
  resubmit: 'charged',
  async submit(call, request) {
    const { path, body } = createRequest(call, request);
    const headers = { ...replicateHeaders(call), 'content-type': 'application/json' };
    const url = `${base(call)}${path}`;
    const asking = { phase: 'start', url, method: 'POST', headers, body: toExactJson(body), timeoutMs: limits.submitMs } as const;
    const answer = await ask(call, { ...asking, maxBytes: limits.answerBytes, explain: explainReplicate });
    return answerOf(call, answer, 'start', request);
  },
  async poll(call, job, request) {
    const asking = { phase: 'follow', url: jobAddress(call, job, 'get'), headers: replicateHeaders(call), timeoutMs: limits.pollMs } as const;
    const answer = await ask(call, { ...asking, maxBytes: limits.answerBytes, explain: explainReplicate });
    return answerOf(call, answer, 'follow', request);
  },
  async cancel(call, job) {
    const url = jobAddress(call, job, 'cancel');
    await ask(call, {
      phase: 'follow',
      url,
      method: 'POST',
      headers: replicateHeaders(call),
      timeoutMs: limits.pollMs,
      maxBytes: limits.answerBytes,
    });
  },
  /** By name: that the token is taken and sees the model. A version's id alone has no address of its own: that the token is taken. */
  async check(call) {
    const startedMs = performance.now();
    const path = OWNER_AND_NAME.test(call.reference) ? `/v1/models/${call.reference}` : '/v1/account';
    const asking = { phase: 'look', url: `${base(call)}${path}`, headers: replicateHeaders(call), timeoutMs: limits.checkMs } as const;
    const answer = await ask(call, { ...asking, maxBytes: limits.answerBytes, explain: explainReplicate });
    const model = z.object({ latest_version: z.object({ id: z.string().max(200) }).nullish() });
    const { value } = readAs(model, answer, 'look');
    return { ms: Math.round(performance.now() - startedMs), modelReported: value.latest_version?.id ?? null };
  },
  readWebhook: readReplicateWebhook,
});
