import { ZodError } from 'zod';
import { env } from '@/lib/env';
import { AppError, describeError, type ErrorCode, toAppError } from '@/lib/errors';
import { log } from '@/lib/log';

/** Where a code is explained. */
const docsOf = (code: ErrorCode) => `${env.PUBLIC_URL}/docs/errors#${code}`;
/** What may be tried again by itself later; of a limit the count says when, where it counts calls and not what is open at once. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  rate_limited: 5,
  unavailable: 2,
  model_paused: 300,
  payments_paused: 3_600,
  model_unavailable: 30,
  chain_unavailable: 5,
};
/** What OpenAI calls what went wrong, by status. */
const openAiType = (status: number) =>
  status === 401
    ? 'authentication_error'
    : status === 403
      ? 'permission_error'
      : status === 429
        ? 'rate_limit_error'
        : status < 500
          ? 'invalid_request_error'
          : 'server_error';

/** What was thrown, as an error of the table. */
export function errorOf(thrown: unknown): AppError {
  if (!(thrown instanceof ZodError)) return toAppError(thrown);
  const issues = thrown.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
  const [first] = issues;
  return new AppError('invalid_input', { message: first?.at ? `${first.at}: ${first.message}` : first?.message, details: { issues } });
}

/** One form of an error for all clients: a problem (RFC 9457) that carries the same as `error` in the form that OpenAI’s libraries read. */
export function problemBody(error: AppError) {
  const { status, message: title } = describeError(error.code);
  return {
    type: docsOf(error.code),
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.details && { details: error.details }),
    error: { message: error.message, type: openAiType(status), code: error.code, param: null },
  };
}

/** The ways in; to whoever signed a request, what was wrong with that (ERC-8128). */
function challengeOf({ code, details }: AppError): string {
  if (code !== 'signature_refused') return 'Bearer realm="intaglio", ERC8128';
  const chains = details?.chainId === undefined ? '' : `, chains="eip155:${details.chainId}"`;
  return `ERC8128 error="${details?.problem}"${chains}`;
}

export function problemResponse(error: AppError): Response {
  const { status, level } = describeError(error.code);
  log[level]({ code: error.code, err: error.cause }, 'gateway call failed');
  const waitMs = error.details?.retryAfterMs;
  const retryAfter = typeof waitMs === 'number' ? Math.ceil(waitMs / 1000) : RETRY_AFTER_SECONDS[error.code];
  return Response.json(problemBody(error), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      ...(status === 401 && { 'www-authenticate': challengeOf(error) }),
      // The rest of a body that is too large or too slow is not read: nothing more can come over this connection, and whoever keeps it open has to know.
      ...((error.code === 'too_large' || error.code === 'too_slow') && { connection: 'close' }),
    },
  });
}
