import { z } from 'zod';
import { type Answer, defineAdapter, type EndpointCall, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { inputMapping, mapParams } from '../map-params';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { askBelow, bearer, mustMake, timeLimits } from './self-hosted-shared';
import { readAs } from './shared/ask';
import { done } from './shared/done';

const MAX_TEXT_CHARACTERS = 20_000;
const { answerMs, callMs } = timeLimits;
const options = z.strictObject({
  /** What the model is told before the prompt. Private to its creator. */
  system: z.string().max(32_000).default(''),
  mapping: inputMapping.pick({ names: true, divisors: true, fixed: true }).prefault({}),
  answerMs,
  callMs,
});
type Call = EndpointCall<z.output<typeof options>>;

const answerShape = z.object({
  model: z.string().max(200).nullish(),
  system_fingerprint: z.string().max(200).nullish(),
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) }))
    .min(1),
});
const modelsShape = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Below the address that a creator gave, whether or not it ends with /v1 already. */
const below = (call: Call): Call => ({ ...call, url: call.url?.replace(/\/v1\/?$/, '') ?? null });

function bodyOf({ reference, options: { system, mapping } }: Call, request: RunRequest): Record<string, unknown> {
  const told = system ? [{ role: 'system', content: system }] : [];
  return {
    ...mapParams(request, mapping),
    model: reference,
    messages: [...told, { role: 'user', content: request.prompt }],
    n: 1,
    stream: false,
    ...(request.seedKind === 'exact' && { seed: request.seed }),
  };
}

async function submit(call: Call, request: RunRequest): Promise<Answer> {
  mustMake('text', request);
  const asking = { path: 'v1/chat/completions', method: 'POST', json: bodyOf(call, request), phase: 'start' } as const;
  return readResult(await askBelow(below(call), { ...asking, headers: bearer(call.secret), timeoutMs: call.options.answerMs }));
}

function readResult(answer: OutboundAnswer): Answer {
  const { value, raw } = readAs(answerShape, answer, 'start');
  const { model, system_fingerprint, choices } = value;
  const { message, finish_reason } = choices[0] ?? { message: {} };
  if (finish_reason === 'content_filter' || message.refusal) throw new EndpointError('blocked', 'its safety filter refused', { charged: 'maybe' });
  // With the fingerprint, where one is given: it changes when the provider changes what is behind the name. No server says which seed it used.
  const modelReported = model ? [model, system_fingerprint].filter(Boolean).join('@') : null;
  return done({ kind: 'text', text: checkText(message.content ?? '') }, raw, { modelReported });
}

/** A text that is a work: some, not too much, and nothing in it that is not text. */
function checkText(text: string): string {
  const garbage = (what: string) => new EndpointError('garbage', what, { charged: 'maybe' });
  if (text.trim() === '') throw garbage('the answer has no text');
  if (text.length > MAX_TEXT_CHARACTERS) throw garbage(`the text is longer than ${MAX_TEXT_CHARACTERS} characters`);
  const isControl = (character: string) => character < ' ' && character !== '\n' && character !== '\t';
  if (/\p{Surrogate}/u.test(text) || [...text].some(isControl)) throw garbage('the text has control characters in it');
  return text;
}

/** Text models behind the chat API that OpenAI made and vLLM, llama.cpp, Ollama and the hosts of open models speak. */
export const openaiChat = defineAdapter<z.output<typeof options>>({
  options,
  resubmit: 'charged',
  refusesPicture: () => 'have no place for a picture: this kind of endpoint is sent text alone',
  submit,
  async check(call) {
    const startedAt = performance.now();
    const answer = await askBelow(below(call), { path: 'v1/models', headers: bearer(call.secret), timeoutMs: call.options.callMs, phase: 'look' });
    const { data } = readAs(modelsShape, answer, 'look').value;
    if (!data.some(({ id }) => id === call.reference)) throw new EndpointError('refused', 'it has no model of that name', { charged: 'no' });
    return { ms: Math.round(performance.now() - startedAt), modelReported: call.reference };
  },
});
