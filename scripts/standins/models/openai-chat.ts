import { createHash } from 'node:crypto';
import { jsonOf } from './json-of';
import { type Reply, type StandIn, serve } from './serve';

type Options = {
  models: string[];
  key?: string;
  /** Says this of every prompt; without it a line that depends on prompt and seed. */
  text?: string | null;
  finishReason?: string;
  refusal?: string;
  fingerprint?: string;
  /** Another model than was asked for says that it answers. */
  answersAs?: string;
};

const problem = (status: number, type: string, code: string | null, param: string | null, message: string): Reply => ({
  status,
  json: { error: { message, type, param, code } },
});
const invalid = (param: string, message: string) => problem(400, 'invalid_request_error', null, param, message);

function refusal(body: Record<string, unknown> | null, models: string[]): Reply | null {
  if (!body) return invalid('body', 'We could not parse the JSON body of your request.');
  if (typeof body.model !== 'string') return invalid('model', 'you must provide a model parameter');
  if (!models.includes(body.model))
    return problem(404, 'invalid_request_error', 'model_not_found', null, `The model \`${body.model}\` does not exist`);
  const { messages, temperature, max_tokens, seed } = body;
  const isMessage = (message: { role?: unknown; content?: unknown }) =>
    ['system', 'user', 'assistant'].includes(String(message?.role)) && typeof message.content === 'string';
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) return invalid('messages', 'Invalid messages');
  if (temperature !== undefined && !(typeof temperature === 'number' && temperature >= 0 && temperature <= 2))
    return invalid('temperature', 'Invalid');
  if (max_tokens !== undefined && !(Number.isInteger(max_tokens) && Number(max_tokens) > 0)) return invalid('max_tokens', 'Invalid');
  if (seed !== undefined && typeof seed !== 'bigint' && !Number.isInteger(seed)) return invalid('seed', 'Invalid type for seed');
  return null;
}

/** A stand-in for a text model behind the chat API: deterministic in prompt and seed. */
export function startOpenaiChat({ models, key, text, finishReason = 'stop', refusal: refused, fingerprint, answersAs }: Options): Promise<StandIn> {
  function complete(body: Record<string, unknown>): Reply {
    const line = createHash('sha256')
      .update(`${body.seed} ${JSON.stringify(body.messages)}`)
      .digest('hex');
    const content = text === undefined ? `A line of ${line.slice(0, 12)}.` : text;
    const message = { role: 'assistant', content: refused ? null : content, refusal: refused ?? null };
    const usage = { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 };
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finishReason }];
    const said = { id: 'chatcmpl-1', object: 'chat.completion', created: 1_700_000_000, model: answersAs ?? body.model, choices, usage };
    return { json: { ...said, ...(fingerprint && { system_fingerprint: fingerprint }) } };
  }

  return serve((seen) => {
    if (key && seen.headers.authorization !== `Bearer ${key}`) {
      return problem(401, 'invalid_request_error', 'invalid_api_key', null, 'Incorrect API key provided');
    }
    switch (`${seen.method} ${seen.path}`) {
      case 'POST /v1/chat/completions': {
        const body = jsonOf(seen);
        return refusal(body, models) ?? complete(body ?? {});
      }
      case 'GET /v1/models':
        return { json: { object: 'list', data: models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'vllm' })) } };
      default:
        return problem(404, 'invalid_request_error', 'unknown_url', null, `Unknown request URL: ${seen.method} ${seen.path}`);
    }
  });
}
