import { AppError, type ErrorCode } from '@/lib/errors';

/**
 * unreachable: no connection, or none of its servers answered. busy: asked to come back later. unauthorised: the secret is not accepted.
 * refused: it does not take this request. blocked: its own safety filter. failed: it tried, and could not. garbage: an answer nobody can read.
 */
export type EndpointFault = 'unreachable' | 'busy' | 'unauthorised' | 'refused' | 'blocked' | 'failed' | 'garbage';

const CODES: Partial<Record<EndpointFault, ErrorCode>> = { blocked: 'prompt_blocked' };
/** Faults of the endpoint, and not of this one request: they count towards pausing it. */
const ITS_OWN: EndpointFault[] = ['unreachable', 'unauthorised', 'failed', 'garbage'];

type Terms = {
  /** Whether the provider may already have done, and charged, the work. Only `no` is ever sent again by itself. */
  charged: 'no' | 'maybe';
  retryAfterMs?: number;
  status?: number;
  cause?: unknown;
};

/** What went wrong at an endpoint. `what` is for the creator and the log: it never holds a secret, an address or a prompt. */
export class EndpointError extends AppError {
  readonly charged: 'no' | 'maybe';
  readonly retryAfterMs?: number;
  readonly status?: number;
  constructor(
    readonly fault: EndpointFault,
    readonly what: string,
    { charged, retryAfterMs, status, cause }: Terms,
  ) {
    super(CODES[fault] ?? 'endpoint_failed', { cause: new Error(`${fault}: ${what}`, { cause }) });
    this.name = 'EndpointError';
    this.charged = charged;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
  get isItsOwn(): boolean {
    return ITS_OWN.includes(this.fault);
  }
}
