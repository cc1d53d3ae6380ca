import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { refreshAccountOf } from '@/lib/payouts/connect/refresh-account';
import { route } from '@/lib/route';
import { openConnectApi } from '@/lib/stripe/open-connect-api';

/**
 * Back from Stripe: whether the set-up is finished is asked there, the address says nothing about it. Should Stripe not answer, its event
 * will say the same later; the person goes back to the page either way.
 */
export const GET = route(async ({ actor, address }) => {
  if (actor) {
    await takeForPerson('connect', { actor, address });
    await refreshAccountOf(database(), openConnectApi(), actor.userId).catch((err: unknown) =>
      log.warn({ err }, 'an account at Stripe was not read'),
    );
  }
  return Response.redirect(new URL('/studio/earnings', env.PUBLIC_URL), 303);
});
