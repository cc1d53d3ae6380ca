import 'server-only';
import { env } from '@/lib/env';
import { stripeAvailability } from '@/lib/stripe/settings';
import type { CardAvailabilityDto } from './schema';

/** Whether credits can be bought by card here, and if not, why. */
export function cardAvailability(): CardAvailabilityDto {
  const stripe = stripeAvailability();
  return stripe.on ? { ...stripe, bonusDays: env.CARD_BONUS_DAYS } : stripe;
}
