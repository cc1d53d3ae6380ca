import type { z } from 'zod';
import type { EndpointCall } from '../../adapter';
import { EndpointError, type EndpointFault } from '../../endpoint-error';
import { type OutboundAnswer, type OutboundRequest, readJson } from '../../outbound/open-outbound';
import { limits } from './limits';
import { parseOrNull } from './parse-or-null';
import { retryAfterMs } from './retry-after';

/** `start` begins work that may cost money; `follow` asks about work that has begun; `look` is about nothing that was begun. */
export type Phase = 'start' | 'follow' | 'look';

/** What a provider's own error says, where it says more than its status. `words`: machine words only. */
export type Explained = { fault?: EndpointFault; words?: string; retryAfterMs?: number };

export type Asking = Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body' | 'timeoutMs'> & {
  phase: Phase;
  maxBytes?: number;
  explain?: (answer: OutboundAnswer) => Explained;
};

const FAULTS: Record<number, EndpointFault> = { 401: 'unauthorised', 403: 'unauthorised', 429: 'busy', 503: 'busy' };
const GATEWAY = new Set([502, 504]);

function faultOf(status: number, phase: Phase): EndpointFault {
  const known = FAULTS[status];
  if (known) return known;
  // While a job runs, an error of the server says nothing of the job: it is asked again.
  if (status >= 500) return phase !== 'start' || GATEWAY.has(status) ? 'unreachable' : 'failed';
  return status >= 400 ? 'refused' : 'garbage';
}

function chargedBy(status: number, phase: Phase): 'no' | 'maybe' {
  if (phase !== 'start') return phase === 'follow' ? 'maybe' : 'no';
  return status === 503 || (status >= 400 && status < 500) ? 'no' : 'maybe';
}

/** What an answer that is not 2xx means: one table for every provider. */
export function statusError(answer: OutboundAnswer, phase: Phase, explained: Explained = {}): EndpointError {
  const { status, headers } = answer;
  const { fault = faultOf(status, phase), words, retryAfterMs: wait = retryAfterMs(headers, Date.now()) } = explained;
  const terms = { charged: chargedBy(status, phase), status, ...(wait !== undefined && { retryAfterMs: wait }) };
  return new EndpointError(fault, `it answered ${status}${words ? ` (${words})` : ''}`, terms);
}

/** Sends one request of an adapter. Throws EndpointError for anything but 2xx, or the signal's reason. */
export async function ask({ http, signal }: EndpointCall<unknown>, asking: Asking): Promise<OutboundAnswer> {
  const { phase, maxBytes = limits.smallAnswerBytes, explain, ...request } = asking;
  const answer = await http.fetch({ ...request, signal, maxBytes, charges: phase === 'start' }).catch((error) => {
    throw phase === 'follow' && error instanceof EndpointError ? afterStart(error) : error;
  });
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw statusError(answer, phase, explain?.(answer));
}

/** The same error, about work that has begun. */
export function afterStart({ fault, what, retryAfterMs, status, cause }: EndpointError): EndpointError {
  return new EndpointError(fault, what, { charged: 'maybe', retryAfterMs, status, cause });
}

const chargedIn = (phase: Phase): 'no' | 'maybe' => (phase === 'look' ? 'no' : 'maybe');

/** Reads an answer's JSON as what it should be, and as it came. Throws EndpointError `garbage`. */
export function readAs<T>(schema: z.ZodType<T>, answer: OutboundAnswer, phase: Phase): { value: T; raw: unknown } {
  const raw = readJson(answer, chargedIn(phase));
  return { value: shapedAs(schema, raw, phase), raw };
}

/** What was read already, as what it should be. Throws EndpointError `garbage`. */
export function shapedAs<T>(schema: z.ZodType<T>, raw: unknown, phase: Phase): T {
  const { success, data, error } = schema.safeParse(raw);
  if (success) return data;
  // Paths only: the values are the endpoint's, and may hold anything.
  const where = error.issues.map(({ path }) => path.join('.') || 'all of it').join(', ');
  throw new EndpointError('garbage', `the answer is not as documented (${where.slice(0, 200)})`, { charged: chargedIn(phase) });
}

/** A JSON body that only explains an error: what it says where it can be read, else nothing. */
export function peek<T>(schema: z.ZodType<T>, { bytes }: OutboundAnswer): T | undefined {
  return schema.safeParse(parseOrNull(Buffer.from(bytes).toString('utf8'))).data;
}

/** A provider's code of an error, as far as it is one: letters, digits and little else, so that no prompt comes along. */
export const codeWord = (value: unknown): string | undefined => (typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined);
