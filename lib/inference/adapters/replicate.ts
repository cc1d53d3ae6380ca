import { z } from 'zod';
import { defineAdapter, type EndpointCall, type ProviderJob, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import { inputMapping, mapInput, withoutPicture } from '../map-params';
import { explainReplicate } from './replicate/errors';
import { readPrediction } from './replicate/prediction';
import { replicateBase as base, readReplicateWebhook, replicateHeaders } from './replicate/webhook';
import { ask, readAs } from './shared/ask';
import { limits } from './shared/limits';

const options = z.strictObject({ input: inputMapping.prefault({}) });
type Call = EndpointCall<z.output<typeof options>>;

const VERSION_ID = /^[0-9a-f]{64}$/;
const OWNER_AND_NAME = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

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

export const replicate = defineAdapter({
  options,
  resubmit: 'charged',
  refusesPicture: ({ input }) => withoutPicture(input),
  async submit(call, request) {
    const { path, body } = createRequest(call, request);
    const headers = { ...replicateHeaders(call), 'content-type': 'application/json' };
    const url = `${base(call)}${path}`;
    const asking = { phase: 'start', url, method: 'POST', headers, body: toExactJson(body), timeoutMs: limits.submitMs } as const;
    const answer = await ask(call, { ...asking, maxBytes: limits.answerBytes, explain: explainReplicate });
    return readPrediction(call, answer, 'start');
  },
  async poll(call, job) {
    const asking = { phase: 'follow', url: jobAddress(call, job, 'get'), headers: replicateHeaders(call), timeoutMs: limits.pollMs } as const;
    const answer = await ask(call, { ...asking, maxBytes: limits.answerBytes, explain: explainReplicate });
    return readPrediction(call, answer, 'follow');
  },
  async cancel(call, job) {
    const url = jobAddress(call, job, 'cancel');
    const asking = { phase: 'follow', url, method: 'POST', headers: replicateHeaders(call), timeoutMs: limits.pollMs } as const;
    await ask(call, { ...asking, maxBytes: limits.answerBytes });
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
  readWebhook: async (call, hook) => readReplicateWebhook(call, hook),
});
