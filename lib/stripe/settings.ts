import 'server-only';
import { env } from '@/lib/env';

export type StripeSettings = { secretKey: string; webhookSecrets: string[]; apiBase: string | null };
export type StripeAvailability = { on: true; simulated: boolean } | { on: false; why: string };

/** Whether Stripe is set up here; `simulated` when the launcher's stand-in answers. */
export function stripeAvailability(): StripeAvailability {
  if (!env.STRIPE_SECRET_KEY) return { on: false, why: 'No card processor is set up on this server (STRIPE_SECRET_KEY).' };
  if (!env.STRIPE_WEBHOOK_SECRET) {
    return { on: false, why: 'Payments could be taken but not confirmed: the webhook’s signing secret (STRIPE_WEBHOOK_SECRET) is not set.' };
  }
  return { on: true, simulated: Boolean(env.STRIPE_API_BASE) };
}

/** Null when Stripe is not set up. */
export function stripeSettings(): StripeSettings | null {
  if (!env.STRIPE_SECRET_KEY || !env.STRIPE_WEBHOOK_SECRET) return null;
  const webhookSecrets = env.STRIPE_WEBHOOK_SECRET.split(',').flatMap((secret) => secret.trim() || []);
  return { secretKey: env.STRIPE_SECRET_KEY, webhookSecrets, apiBase: env.STRIPE_API_BASE ?? null };
}
