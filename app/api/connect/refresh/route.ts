import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { onboardingReturn, refreshOnboarding } from '@/lib/payouts/connect/start-onboarding';
import { route } from '@/lib/route';
import { openConnectApi } from '@/lib/stripe/open-connect-api';

/**
 * Stripe's page went stale: on to a fresh one, or to signing in. Anybody's link may lead here, so that it makes no account: one is made on the
 * creator's own word alone.
 */
export const GET = route(async ({ actor, address }) => {
  if (actor) await takeForPerson('connect', { actor, address });
  const link = actor && (await refreshOnboarding(database(), actor, openConnectApi(), onboardingReturn(env.PUBLIC_URL)));
  return Response.redirect(link?.url ?? new URL('/studio/earnings', env.PUBLIC_URL), 303);
});
