import Stripe from 'stripe';
import { AppError } from '@/lib/errors';

/**
 * What the SDK threw, as one of ours. `payment_unavailable`: nobody knows whether it was done, and doing it again under the same key is
 * right. `payment_refused`: it was not done.
 */
export function toPaymentError(thrown: unknown): AppError {
  if (!(thrown instanceof Stripe.errors.StripeError)) return new AppError('internal', { cause: thrown });
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError, StripeIdempotencyError } = Stripe.errors;
  // A key that is in use, or was used for something else, says that something was or is being done.
  const unknown = [StripeConnectionError, StripeAPIError, StripeRateLimitError, StripeIdempotencyError].some((kind) => thrown instanceof kind);
  return new AppError(unknown ? 'payment_unavailable' : 'payment_refused', { cause: thrown });
}

/** Runs one call of the SDK; what it throws is one of our errors. */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw toPaymentError(thrown);
  }
}

/** Why a call was refused for good, in Stripe's words; null where it was not, nobody knows, or only our key was turned down. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof AppError) || error.code !== 'payment_refused') return null;
  const { cause } = error;
  const final = cause instanceof Stripe.errors.StripeInvalidRequestError && cause.statusCode !== 409;
  return final ? (cause.code ?? cause.message) : null;
}
