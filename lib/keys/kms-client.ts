import type { KMS } from '@aws-sdk/client-kms';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { toKeyServiceError } from './to-key-service-error';

/** One try, and a call with its tries: a run waits for its signature, and has a deadline. */
const TRY_MS = 2_000;
const CALL_MS = 5_000;

const opened = new Map<number, Promise<KMS>>();

/** The SDK is loaded only where a key is in a key service. Its credentials are found as by every AWS program (role, environment, profile). */
async function open(tries: number): Promise<KMS> {
  if (!env.KMS_REGION) throw new AppError('misconfigured', { message: 'A key is in KMS, and KMS_REGION is not set.' });
  const { KMS } = await import('@aws-sdk/client-kms');
  return new KMS({
    region: env.KMS_REGION,
    endpoint: env.KMS_ENDPOINT,
    maxAttempts: tries,
    requestHandler: { connectionTimeout: TRY_MS, requestTimeout: TRY_MS, throwOnRequestTimeout: true },
  });
}

/** The SDK's client. `tries`: of one call, where an answer did not come. */
export function openKms(tries: number): Promise<KMS> {
  const client = opened.get(tries) ?? open(tries);
  opened.set(tries, client);
  client.catch(() => opened.delete(tries));
  return client;
}

/**
 * One call of the key service. Throws `key_service_unavailable` where it may be tried again, `misconfigured` where it was refused.
 * `tries` is 1 for what must not be done twice.
 */
export async function askKms<T>(call: (kms: KMS, options: { abortSignal: AbortSignal }) => Promise<T>, tries = 3): Promise<T> {
  const kms = await openKms(tries);
  try {
    return await call(kms, { abortSignal: AbortSignal.timeout(CALL_MS) });
  } catch (thrown) {
    throw toKeyServiceError(thrown);
  }
}
