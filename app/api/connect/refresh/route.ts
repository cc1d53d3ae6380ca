import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { onboardingReturn, startOnboarding } from '@/lib/payouts/connect/start-onboarding';
import { route } from '@/lib/route';
import { openConnectApi } from '@/lib/stripe/open-connect-api';

/** Stripe's page went stale: on to a fresh one, or to signing in. */
export const GET = route(async ({ actor }) => {
  if (!actor) return Response.redirect(new URL('/studio/earnings', env.PUBLIC_URL), 303);
  await takeOne('payout', actor.userId);
  const { url } = await startOnboarding(database(), actor, openConnectApi(), onboardingReturn(env.PUBLIC_URL));
  return Response.redirect(url, 303);
});
