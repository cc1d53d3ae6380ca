import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/route';
import { receiveEvent } from '@/lib/stripe/receive-event';
import { stripeSettings } from '@/lib/stripe/settings';
import { verifyWebhook } from '@/lib/stripe/verify-webhook';
import { readCapped } from '../../rpc/read-capped';

/** Stripe's own limit is far below; anything larger is not from there. */
const MAX_BODY_BYTES = 512 * 1024;

/** Events of Stripe: kept under their signature, answered at once, handled by a job. Whoever cannot sign is told 400. */
export const POST = route(async ({ request }) => {
  const settings = stripeSettings();
  if (!settings) throw new AppError('not_found');
  const body = await readCapped(request.body, MAX_BODY_BYTES);
  const verified = verifyWebhook(body, request.headers.get('stripe-signature'), settings.webhookSecrets);
  await receiveEvent(database(), verified);
  return Response.json({ received: true }, { headers: { 'cache-control': 'no-store' } });
});
