import { takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { onboardingReturn, startOnboarding } from '@/lib/payouts/connect/start-onboarding';
import { userRoute } from '@/lib/route';
import { openConnectApi } from '@/lib/stripe/open-connect-api';

/** Stripe's page went stale: on to a fresh one. */
export const GET = userRoute(async ({ actor }) => {
  await takeOne('payout', actor.userId);
  const { url } = await startOnboarding(database(), actor, openConnectApi(), onboardingReturn(env.PUBLIC_URL));
  return Response.redirect(url, 303);
});
