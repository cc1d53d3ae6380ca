import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { openConnectApi } from '@/lib/payouts/connect/availability';
import { refreshAccountOf } from '@/lib/payouts/connect/refresh-account';
import { userRoute } from '@/lib/route';

/** Back from Stripe: whether the set-up is finished is asked there, the address says nothing about it. */
export const GET = userRoute(async ({ actor }) => {
  await refreshAccountOf(database(), openConnectApi(), actor.userId);
  return Response.redirect(new URL('/studio/earnings', env.PUBLIC_URL), 303);
});
