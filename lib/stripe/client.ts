import 'server-only';
import Stripe from 'stripe';
import { AppError } from '@/lib/errors';
import { type StripeSettings, stripeSettings } from './settings';

const TIMEOUT_MS = 20_000;
const kept = new Map<string, Stripe>();

/** The SDK, for the adapters of this folder alone. */
export function openClient({ secretKey, apiBase }: Pick<StripeSettings, 'secretKey' | 'apiBase'>): Stripe {
  const key = `${apiBase} ${secretKey}`;
  const client = kept.get(key) ?? new Stripe(secretKey, { timeout: TIMEOUT_MS, maxNetworkRetries: 2, telemetry: false, ...hostOf(apiBase) });
  kept.set(key, client);
  return client;
}

/** The SDK by the settings. Throws `card_off` without them. */
export function configuredClient(): Stripe {
  const settings = stripeSettings();
  if (!settings) throw new AppError('card_off');
  return openClient(settings);
}

function hostOf(apiBase: string | null): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiBase) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  return { host: hostname, port: port || (protocol === 'http:' ? 80 : 443), protocol: protocol === 'http:' ? 'http' : 'https' };
}
