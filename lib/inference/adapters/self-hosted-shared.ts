import type { FormData } from 'undici';
import { z } from 'zod';
import type { EndpointCall, RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { toExactJson } from '../exact-json';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { type Asking, ask } from './shared/ask';

export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;
const MAX_JSON_BYTES = 4 * 1024 * 1024;
const STOP_MS = 5_000;

/** How long a creator's own machine may take: for the call that answers with the work, for any other, and between two looks at a job. */
export const timeLimits = {
  answerMs: z.number().int().min(50).max(600_000).default(180_000),
  callMs: z.number().int().min(50).max(60_000).default(15_000),
  pollMs: z.number().int().min(10).max(60_000).default(1_000),
};

export type AskingBelow = Pick<Asking, 'method' | 'timeoutMs' | 'maxBytes' | 'phase'> & {
  path: string;
  /** Sent as JSON, with bigints as numbers. */
  json?: unknown;
  form?: FormData;
  headers: Record<string, string>;
};

/** Sends one request below the creator's address. Throws EndpointError for anything but a success. */
export async function askBelow(call: EndpointCall<unknown>, { path, json, form, headers, ...asking }: AskingBelow): Promise<OutboundAnswer> {
  const { url } = call;
  if (!url || !URL.canParse(url)) throw new EndpointError('refused', 'it has no address', { charged: 'no' });
  return ask(call, {
    ...asking,
    url: new URL(path, url.endsWith('/') ? url : `${url}/`).href,
    headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
    body: json === undefined ? form : toExactJson(json),
    maxBytes: asking.maxBytes ?? MAX_JSON_BYTES,
  });
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
