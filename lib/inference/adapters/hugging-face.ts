import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, pictureOf, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import { inputMapping, mapInput } from '../map-params';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { ask, type Explained, peek } from './shared/ask';
import { done } from './shared/done';
import { limits } from './shared/limits';
import { capWait } from './shared/retry-after';

/** The prompt has its place in the request; a picture takes that place, with the prompt among the parameters. */
const options = z.strictObject({ input: inputMapping.omit({ prompt: true, image: true }).prefault({}) });
type Call = EndpointCall<z.output<typeof options>>;

const loading = z.object({ estimated_time: z.number().nonnegative() });

/** While its model is loaded an endpoint answers 503, and how long it thinks that takes. */
function explain(answer: OutboundAnswer): Explained {
  const seconds = answer.status === 503 ? peek(loading, answer)?.estimated_time : undefined;
  return seconds === undefined ? {} : { retryAfterMs: capWait(seconds * 1_000), words: 'its model is being loaded' };
}

function addressOf({ url }: Call): string {
  if (url) return url;
  throw new EndpointError('refused', 'its address is missing', { charged: 'no' });
}

const headersOf = ({ secret }: Call): Record<string, string> => (secret ? { authorization: `Bearer ${secret}` } : {});

function bodyOf({ options }: Call, request: RunRequest): object {
  const { prompt, ...parameters } = mapInput(request, { ...options.input, prompt: 'prompt', image: '' });
  const input = pictureOf(request);
  return input ? { inputs: Buffer.from(input.png).toString('base64'), parameters: { ...parameters, prompt } } : { inputs: prompt, parameters };
}

/** An Inference Endpoint, or what speaks like one. It reports neither the seed nor the model: its revision is pinned where it is configured. */
export const huggingFace = defineAdapter({
  options,
  // An endpoint of one's own costs by the hour, the shared ones by the run; from outside they look the same.
  resubmit: 'charged',
  async submit(call, request): Promise<Answer> {
    const holdSeconds = Math.floor((limits.makeMs * 2) / 3 / 1_000);
    const headers = {
      ...headersOf(call),
      'content-type': 'application/json',
      // Without it the toolkit answers with JSON.
      accept: 'image/png',
      // An endpoint that was scaled to zero holds the request while it starts, instead of answering 503.
      'x-scale-up-timeout': String(holdSeconds),
    };
    const asking = { phase: 'start', url: addressOf(call), method: 'POST', headers, timeoutMs: limits.makeMs, maxBytes: limits.fileBytes } as const;
    const answer = await ask(call, { ...asking, body: toExactJson(bodyOf(call, request)), explain });
    const type = answer.headers['content-type'] ?? '';
    if (!/^image\//i.test(type) || answer.bytes.length === 0) throw new EndpointError('garbage', 'the answer is not a picture', { charged: 'maybe' });
    const requestId = answer.headers['x-request-id']?.slice(0, 100) ?? null;
    return done({ kind: 'file', bytes: answer.bytes }, { type: type.slice(0, 100), bytes: answer.bytes.length, requestId });
  },
  /** GET of its root is the toolkit's health route: that the token is taken and its model is loaded, not that it makes pictures. */
  async check(call) {
    const startedMs = performance.now();
    await ask(call, { phase: 'look', url: addressOf(call), headers: headersOf(call), timeoutMs: limits.checkMs, explain });
    return { ms: Math.round(performance.now() - startedMs), modelReported: null };
  },
});
