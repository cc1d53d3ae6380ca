import 'server-only';
import { env } from '@/lib/env';
import { stripeAvailability } from '@/lib/stripe/settings';
import { LEAST_FEE_BPS } from './packs';
import type { CardAvailabilityDto } from './schema';

/** Whether credits can be bought by card here, and if not, why. */
export function cardAvailability(): CardAvailabilityDto {
  if (env.PLATFORM_FEE_BPS < LEAST_FEE_BPS) {
    return {
      on: false,
      why: `The fee of this server (PLATFORM_FEE_BPS) is below ${LEAST_FEE_BPS}, which is less than the bonus of card packs gives away.`,
    };
  }
  const stripe = stripeAvailability();
  return stripe.on ? { ...stripe, bonusDays: env.CARD_BONUS_DAYS } : stripe;
}
