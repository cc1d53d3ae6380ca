import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { refreshAccountOf } from '@/lib/payouts/connect/refresh-account';
import { userRoute } from '@/lib/route';
import { openConnectApi } from '@/lib/stripe/open-connect-api';

/** Back from Stripe: whether the set-up is finished is asked there, the address says nothing about it. */
export const GET = userRoute(async ({ actor }) => {
  await refreshAccountOf(database(), openConnectApi(), actor.userId);
  return Response.redirect(new URL('/studio/earnings', env.PUBLIC_URL), 303);
});
