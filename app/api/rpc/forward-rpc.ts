import { z } from 'zod';
import { AppError, describeError } from '@/lib/errors';
import { isOffered } from './methods';
import { readCapped } from './read-capped';

export const MAX_BATCH = 50;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_REASON_CHARACTERS = 300;
const NOT_OFFERED = { code: -32601, message: describeError('method_not_allowed').message };

const call = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.number(), z.string().max(64)]),
  method: z.string().max(64),
  // A third parameter of eth_call is a state override: work for the node that no page of ours asks for.
  params: z.array(z.unknown()).max(3).optional(),
});
const batch = z.union([call.transform((one) => [one]), z.array(call).min(1).max(MAX_BATCH)]);
type Call = z.output<typeof call>;

const answer = z.object({
  id: z.union([z.number(), z.string()]),
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});
type Answer = z.output<typeof answer> & { jsonrpc: '2.0' };

export type ForwardOptions = { rpcUrl: string; embeddedChain: boolean; fetch?: typeof fetch };

/** Reads a JSON-RPC request: the calls in it. Throws `invalid_input`. */
export function readCalls(body: string): { calls: Call[]; isBatch: boolean } {
  try {
    const json: unknown = JSON.parse(body);
    return { calls: batch.parse(json), isBatch: Array.isArray(json) };
  } catch (cause) {
    throw new AppError('invalid_input', { cause });
  }
}

/** Answers each call: refused ones with JSON-RPC's "method not found", the rest by asking the chain. Throws `chain_unavailable`. */
export async function forwardCalls(calls: Call[], options: ForwardOptions): Promise<Answer[]> {
  const offered = calls.filter((c) => isOffered(c.method, options.embeddedChain) && !overridesState(c));
  const answers = offered.length > 0 ? await ask(offered, options) : new Map<string, Answer>();
  return calls.map((c, i) => {
    if (!offered.includes(c)) return { jsonrpc: '2.0', id: c.id, error: NOT_OFFERED };
    const found = answers.get(String(offered.indexOf(c)));
    if (!found) throw new AppError('chain_unavailable', { cause: new Error(`no answer to call ${i} (${c.method})`) });
    return { ...found, id: c.id };
  });
}

/** Whether an answer is our own refusal, and not the chain's word. */
export const isRefusal = (answer: Answer) => answer.error === NOT_OFFERED;

const overridesState = (c: Call) => c.method === 'eth_call' && (c.params?.length ?? 0) > 2;

async function ask(calls: Call[], { rpcUrl, fetch: send = fetch }: ForwardOptions): Promise<Map<string, Answer>> {
  // Our own ids: what two tabs call "1" must not meet.
  const numbered = calls.map(({ jsonrpc, method, params }, id) => ({ jsonrpc, id, method, params: params ?? [] }));
  try {
    const response = await send(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(numbered.length === 1 ? numbered[0] : numbered),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    const json: unknown = JSON.parse(await readCapped(response.body, MAX_ANSWER_BYTES));
    const answers = z.array(answer).parse(Array.isArray(json) ? json : [json]);
    return new Map(answers.map((a) => [String(a.id), { jsonrpc: '2.0', ...a, ...(a.error && { error: publicError(a.error, rpcUrl) }) }]));
  } catch (cause) {
    throw new AppError('chain_unavailable', { cause });
  }
}

/** A node's own words help a person ("insufficient funds"), so they pass, less anything of our address: keys sit in its path or query. */
function publicError(error: NonNullable<Answer['error']>, rpcUrl: string): NonNullable<Answer['error']> {
  const url = new URL(rpcUrl);
  const secrets = [url.host, url.hostname, url.username, url.password, ...url.pathname.split('/'), ...url.searchParams.values()];
  const told = secrets.filter((s) => s.length >= 4).reduce((text, secret) => text.replaceAll(secret, '…'), error.message);
  return { code: error.code, message: told.slice(0, MAX_REASON_CHARACTERS), ...(isHex(error.data) && { data: error.data }) };
}

/** Revert data is hex; anything else a node attaches stays here. */
const isHex = (data: unknown): data is string => typeof data === 'string' && /^0x[0-9a-fA-F]*$/.test(data);
