import { type ProblemCode, problemSchema } from '@/lib/protocol/endpoint-problem';
import { EndpointError, type EndpointFault } from '../endpoint-error';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { retryAfterMs } from './shared/retry-after';

const MAX_RETRY_MS = 60_000;

const FAULTS: Record<ProblemCode, EndpointFault> = {
  bad_request: 'refused',
  bad_signature: 'unauthorised',
  expired: 'unauthorised',
  not_found: 'failed',
  conflict: 'refused',
  unknown_version: 'refused',
  hash_mismatch: 'refused',
  blocked: 'blocked',
  busy: 'busy',
  failed: 'failed',
};
/** Of answers that are no problem of ours: a proxy's, or another server's. */
const faultOfStatus = (status: number): EndpointFault => {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 429) return 'busy';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  return status >= 500 ? 'failed' : 'refused';
};

/** An answer's JSON; undefined where it is none. Nothing of the contract needs integers beyond 2^53. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What an answer of another status than 2xx means. */
export function faultOf({ status, headers, bytes }: OutboundAnswer): EndpointError {
  const problem = problemSchema.safeParse(parseJson(bytes)).data;
  const fault = problem ? FAULTS[problem.code] : faultOfStatus(status);
  // Its own words could hold the prompt: the code says enough.
  const what = problem ? `${status} ${problem.code}` : `status ${status}`;
  const charged = fault === 'failed' || (fault === 'unreachable' && status !== 503) ? 'maybe' : 'no';
  const wait = retryAfterMs(headers, Date.now());
  return new EndpointError(fault, what, { charged, status, retryAfterMs: wait === undefined ? undefined : Math.min(wait, MAX_RETRY_MS) });
}
