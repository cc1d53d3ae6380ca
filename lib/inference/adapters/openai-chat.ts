import { z } from 'zod';
import { textProblem } from '@/lib/protocol/work-text';
import { type Answer, defineAdapter, type EndpointCall, type RunRequest, textOf } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { inputMapping, mapParams } from '../map-params';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { askBelow, bearer, mustMake, timeLimits } from './self-hosted-shared';
import { readAs } from './shared/ask';
import { done } from './shared/done';

const { answerMs, callMs } = timeLimits;
const options = z.strictObject({
  /** What the model is told before the prompt. Private to its creator. */
  system: z.string().max(32_000).default(''),
  mapping: inputMapping.pick({ names: true, divisors: true, fixed: true }).prefault({}),
  answerMs,
  callMs,
});
type Call = EndpointCall<z.output<typeof options>>;

const answerShape = z.looseObject({
  model: z.string().max(200).nullish(),
  system_fingerprint: z.string().max(200).nullish(),
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }) }))
    .min(1),
});
const modelsShape = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Below the address that a creator gave, whether or not it ends with /v1 already. */
const below = (call: Call): Call => ({ ...call, url: call.url?.replace(/\/v1\/?$/, '') ?? null });

/** One message for a text to start from and the prompt after it: many models refuse two of one speaker. */
function bodyOf({ reference, options: { system, mapping } }: Call, request: RunRequest): Record<string, unknown> {
  const told = system ? [{ role: 'system', content: system }] : [];
  return {
    ...mapParams(request, mapping),
    model: reference,
    messages: [...told, { role: 'user', content: [textOf(request)?.text, request.prompt].filter(Boolean).join('\n\n') }],
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
  const { choices, ...about } = readAs(answerShape, answer, 'start').value;
  const { model, system_fingerprint } = about;
  const { message, finish_reason } = choices[0] ?? { message: {} };
  if (finish_reason === 'content_filter' || message.refusal) throw new EndpointError('blocked', 'its safety filter refused', { charged: 'maybe' });
  // With the fingerprint, where one is given: it changes when the provider changes what is behind the name. No server says which seed it used.
  const modelReported = model ? [model, system_fingerprint].filter(Boolean).join('@') : null;
  // What it said is the collector's, and so is what it thought on the way: neither is among its creator's papers.
  return done({ kind: 'text', text: textIn(message) }, { ...about, finish_reason }, { modelReported });
}

/** What it said, where that is a work: anything else is its own fault. */
function textIn({ content }: { content?: string | null }): string {
  const problem = textProblem(content ?? '');
  if (problem) throw new EndpointError('garbage', problem, { charged: 'maybe' });
  return content ?? '';
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
