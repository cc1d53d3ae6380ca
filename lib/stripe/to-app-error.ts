import Stripe from 'stripe';
import { AppError } from '@/lib/errors';

/**
 * What the SDK threw, as one of ours. `payment_unavailable`: nobody knows whether it was done, and doing it again under the same key is
 * right. `payment_refused`: it was not done.
 */
export function toPaymentError(thrown: unknown): AppError {
  if (!(thrown instanceof Stripe.errors.StripeError)) return new AppError('internal', { cause: thrown });
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
  const unknown = [StripeConnectionError, StripeAPIError, StripeRateLimitError].some((kind) => thrown instanceof kind);
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

/** Why a call was refused for good, in Stripe's words; null where it was not, or nobody knows. */
export function refusalOf(error: unknown): string | null {
  if (!(error instanceof AppError) || error.code !== 'payment_refused') return null;
  return error.cause instanceof Stripe.errors.StripeError ? (error.cause.code ?? error.cause.message) : null;
}
