import 'server-only';
import Stripe from 'stripe';
import { AppError } from '@/lib/errors';

/** An event, with what handlers look at: which object, and which of our ids it carries. */
export type StripeEvent = {
  id: string;
  type: string;
  objectId: string;
  /** Our purchase, from metadata; Stripe copies it from the session to the payment and its charges, not to refunds and disputes. */
  purchaseId: string | null;
  paymentIntentId: string | null;
  /** The connected account that it is about. */
  accountId: string | null;
};
export type VerifiedEvent = { event: StripeEvent; payload: string };

type Body = {
  id: string;
  type: string;
  account?: string;
  data: { object: { id?: string; object?: string; metadata?: Record<string, string> | null; payment_intent?: string | { id: string } | null } };
};

/** Checks the signature over the raw body, as it came. Throws `bad_signature`, also for what is older than five minutes. */
export function verifyWebhook(rawBody: string, signature: string | null, secrets: string[]): VerifiedEvent {
  for (const secret of secrets) {
    try {
      const verified = Stripe.webhooks.constructEvent(rawBody, signature ?? '', secret);
      return { event: toEvent(verified as unknown as Body), payload: rawBody };
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw new AppError('invalid_input', { cause: error });
    }
  }
  throw new AppError('bad_signature');
}

/** What handlers need of an event's JSON. */
export function toEvent({ id, type, account, data: { object } }: Body): StripeEvent {
  const intent = object.object === 'payment_intent' ? object.id : object.payment_intent;
  return {
    id,
    type,
    objectId: object.id ?? '',
    purchaseId: object.metadata?.purchase ?? null,
    paymentIntentId: (typeof intent === 'string' ? intent : intent?.id) ?? null,
    accountId: account ?? null,
  };
}
