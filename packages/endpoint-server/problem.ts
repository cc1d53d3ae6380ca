import { PROBLEMS, type ProblemCode } from '../../lib/protocol/endpoint-problem';

/** A refusal with a code of the contract. `detail` is for whoever runs the other side: never a prompt. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(`${code}: ${detail}`);
  }
}

const TITLES: Record<ProblemCode, string> = {
  bad_request: 'The request is not of the contract',
  bad_signature: 'The request is not signed by the platform',
  expired: 'The time of the request has passed',
  not_found: 'There is no such run here',
  conflict: 'This run was asked for before, with other content',
  unknown_version: 'This version is not served here',
  hash_mismatch: 'A hash is not that of what was sent',
  blocked: 'The model’s safety filter refused',
  busy: 'All places are taken',
  failed: 'The model failed',
};

/** What is answered, and kept of a run that has ended. */
export type Answer = { status: number; body: object; retryAfterSeconds?: number };

/** application/problem+json (RFC 9457). */
export function problemAnswer({ code, detail, retryAfterSeconds }: Problem): Answer {
  const status = PROBLEMS[code];
  return { status, body: { type: 'about:blank', title: TITLES[code], status, code, detail }, retryAfterSeconds };
}
