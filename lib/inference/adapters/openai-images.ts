import { FormData } from 'undici';
import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, pictureOf, type RunOutput, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { inputMapping, mapParams } from '../map-params';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { apiBase } from './shared/address';
import { ask, codeWord, type Explained, peek, readAs } from './shared/ask';
import { done } from './shared/done';
import { limits } from './shared/limits';
import { decodeBase64, outputFile } from './shared/output-file';

/** Nothing names a prompt, a seed or a picture here: the API does, or has none. `fixed` is where quality, output_format and the like go. */
const options = inputMapping.pick({ names: true, divisors: true, fixed: true });
type Call = EndpointCall<z.output<typeof options>>;

const images = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});
const problem = z.object({ error: z.object({ code: z.unknown().optional(), type: z.unknown().optional(), param: z.unknown().optional() }) });

const FILTERED = new Set(['moderation_blocked', 'content_policy_violation', 'content_filter']);
/** The account has no money left: waiting does not help, whatever the status says. */
const UNPAID = new Set(['insufficient_quota', 'billing_hard_limit_reached']);

function explain(answer: OutboundAnswer): Explained {
  const { code, type, param } = peek(problem, answer)?.error ?? {};
  const words = [code ?? type, param].flatMap((value) => codeWord(value) ?? []).join(', ');
  const name = typeof code === 'string' ? code : '';
  const fault = FILTERED.has(name) ? 'blocked' : UNPAID.has(name) ? 'refused' : undefined;
  return { ...(words && { words }), ...(fault && { fault }) };
}

const base = ({ url }: Call) => apiBase(url, 'https://api.openai.com').replace(/\/v1$/, '');
const headersOf = ({ secret }: Call): Record<string, string> => ({ authorization: `Bearer ${secret ?? ''}` });

/** Width and height are one word here, and a model's list of sizes is its own business. */
function fieldsOf({ reference, options }: Call, request: RunRequest): Record<string, unknown> {
  const { width, height, ...others } = request.params;
  const size = width === undefined || height === undefined ? {} : { size: `${width}x${height}` };
  return { ...mapParams({ params: others }, options), ...size, model: reference, prompt: request.prompt, n: 1 };
}

/** With an input picture the same fields go to `edits`, as a form. */
function bodyOf(call: Call, request: RunRequest): { path: string; headers: Record<string, string>; body: string | FormData } {
  const fields = fieldsOf(call, request);
  const input = pictureOf(request);
  const headers = headersOf(call);
  if (!input) return { path: 'generations', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set('image', new File([Uint8Array.from(input.png)], 'image.png', { type: 'image/png' }));
  return { path: 'edits', headers, body: form };
}

async function fileOf(call: Call, { b64_json, url }: z.output<typeof images>['data'][number]): Promise<RunOutput> {
  if (b64_json) return { kind: 'file', bytes: decodeBase64(b64_json) };
  if (url) return outputFile(call, url);
  throw new EndpointError('garbage', 'it answered without a picture', { charged: 'maybe' });
}

/** OpenAI's images API, and servers that speak it. It takes no seed and names no version. */
export const openaiImages = defineAdapter({
  options,
  resubmit: 'charged',
  async submit(call, request): Promise<Answer> {
    const { path, headers, body } = bodyOf(call, request);
    const url = `${base(call)}/v1/images/${path}`;
    const asking = { phase: 'start', url, method: 'POST', headers, body, timeoutMs: limits.makeMs, maxBytes: limits.answerBytes } as const;
    const { value, raw } = readAs(images, await ask(call, { ...asking, explain }), 'start');
    const [first = {}] = value.data;
    return done(await fileOf(call, first), raw);
  },
  /** That the key is taken and may use the model. A compatible server without this list is refused here, and may still make pictures. */
  async check(call) {
    const startedMs = performance.now();
    const url = `${base(call)}/v1/models/${encodeURIComponent(call.reference)}`;
    const answer = await ask(call, { phase: 'look', url, headers: headersOf(call), timeoutMs: limits.checkMs, explain });
    const { value } = readAs(z.object({ id: z.string().max(200) }), answer, 'look');
    return { ms: Math.round(performance.now() - startedMs), modelReported: value.id };
  },
});
