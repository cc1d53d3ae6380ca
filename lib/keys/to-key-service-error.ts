import { AppError } from '@/lib/errors';

/** Refusals that mean "not now", though the SDK calls them the caller's fault. */
const LATER = /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|RequestTimeout)$/;

type Thrown = { name?: unknown; code?: unknown; $fault?: unknown; $metadata?: { httpStatusCode?: unknown; requestId?: unknown } };

/**
 * What the SDK of the key service threw, as one of ours. Of the original only name, status and request id are kept: what AWS says of a wrong signature
 * quotes the request, its session token included.
 */
export function toKeyServiceError(thrown: unknown): AppError {
  const { name, code, $fault, $metadata } = (thrown ?? {}) as Thrown;
  const parts = [name, code, $metadata?.httpStatusCode, $metadata?.requestId].filter((part) => part !== undefined);
  const cause = new Error(`key service: ${parts.join(', ')}`);
  if (name === 'CredentialsProviderError') return new AppError('misconfigured', { cause, message: 'No AWS credentials for the key service.' });
  const isRefused = $fault === 'client' && !LATER.test(String(name));
  return isRefused
    ? new AppError('misconfigured', { cause, message: 'The key service refused a call: is the key enabled, and may this server use it?' })
    : new AppError('key_service_unavailable', { cause });
}
