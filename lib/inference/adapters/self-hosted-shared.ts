import type { FormData } from 'undici';
import { z } from 'zod';
import type { EndpointCall, RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { retryAfterMs } from './shared/retry-after';

export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;
const MAX_JSON_BYTES = 4 * 1024 * 1024;
const STOP_MS = 5_000;

/** How long a creator's own machine may take: for the call that answers with the work, for any other, and between two looks at a job. */
export const timeLimits = {
  answerMs: z.number().int().min(50).max(600_000).default(180_000),
  callMs: z.number().int().min(50).max(60_000).default(15_000),
  pollMs: z.number().int().min(10).max(60_000).default(1_000),
};

/** Whether a call starts the run's work, or comes when it may be done already. */
export type Work = 'none' | 'starts' | 'done';
export type Asking = {
  path: string;
  method?: 'GET' | 'POST';
  /** Sent as JSON, with bigints as numbers. */
  json?: unknown;
  form?: FormData;
  headers: Record<string, string>;
  timeoutMs: number;
  maxBytes?: number;
  work: Work;
};

/** Sends one request below the creator's address. Answers with a success only: everything else is an EndpointError. */
export async function ask({ url, http, signal }: EndpointCall<unknown>, asking: Asking): Promise<OutboundAnswer> {
  const { path, method = 'GET', json, form, headers, timeoutMs, maxBytes = MAX_JSON_BYTES, work } = asking;
  if (!url || !URL.canParse(url)) throw new EndpointError('refused', 'it has no address', { charged: 'no' });
  const answer = await http.fetch({
    url: new URL(path, url.endsWith('/') ? url : `${url}/`).href,
    method,
    headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
    body: json === undefined ? form : toExactJson(json),
    signal,
    timeoutMs,
    maxBytes,
    charges: work === 'starts',
  });
  if (answer.status < 200 || answer.status > 299) throw statusError(answer, work);
  return answer;
}

/** What an answer's status says, without a word of its text: an endpoint may quote the prompt there. */
export function statusError({ status, headers }: Pick<OutboundAnswer, 'status' | 'headers'>, work: Work): EndpointError {
  const untouched = status < 500 || status === 503;
  const terms = { charged: work === 'none' || (work === 'starts' && untouched) ? 'no' : 'maybe', status } as const;
  if (status === 401 || status === 403) return new EndpointError('unauthorised', `it does not accept the secret (${status})`, terms);
  if (status === 429 || status === 503) {
    return new EndpointError('busy', `it is busy (${status})`, { ...terms, retryAfterMs: retryAfterMs(headers, Date.now()) });
  }
  if (status >= 500) return new EndpointError('failed', `it failed (${status})`, terms);
  if (status >= 400) return new EndpointError('refused', `it refused the request (${status})`, terms);
  return new EndpointError('refused', `it answered ${status}, and redirects are not followed`, terms);
}

/** The answer in the shape that its documentation promises. Throws EndpointError `garbage`. */
export function shapeOf<T>(schema: z.ZodType<T>, value: unknown, charged: 'no' | 'maybe'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EndpointError('garbage', 'the answer does not have the shape of its kind', { charged });
}

/** For telling an endpoint to stop: the run's own signal is aborted by then. Best effort. */
export async function whileStopping<Options>(call: EndpointCall<Options>, stop: (call: EndpointCall<Options>) => Promise<void>): Promise<void> {
  await stop({ ...call, signal: AbortSignal.timeout(STOP_MS) }).catch(() => {});
}

export function mustMake(kind: RunRequest['kind'], request: RunRequest): void {
  if (request.kind !== kind) throw new EndpointError('refused', `it makes ${kind}s, and this model makes ${request.kind}s`, { charged: 'no' });
}

export const bearer = (secret: string | null): Record<string, string> => (secret ? { authorization: `Bearer ${secret}` } : {});
export const basicAuth = (secret: string | null): Record<string, string> =>
  secret ? { authorization: `Basic ${Buffer.from(secret).toString('base64')}` } : {};
