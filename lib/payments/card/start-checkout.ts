import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { MILLICREDITS_PER_CREDIT } from '@/lib/money';
import type { CardApi } from '@/lib/stripe/card-api';
import { customerOf } from './customer-of';
import { creditPacks, LEAST_FEE_BPS } from './packs';
import type { CheckoutInput } from './schema';

/**
 * Begins a purchase by card: our row first, then the checkout page to send the buyer to, under the purchase's id as idempotency key.
 * Nothing is credited before Stripe says that it is paid. Throws `payment_unavailable` where it does not answer.
 */
export async function startCheckout(
  db: Database,
  actor: Actor,
  api: CardApi,
  { packId, currency, back }: CheckoutInput,
): Promise<{ purchaseId: string; url: string }> {
  if (env.PLATFORM_FEE_BPS < LEAST_FEE_BPS) throw new AppError('card_off');
  const pack = creditPacks.find(({ id }) => id === packId);
  if (!pack) throw new AppError('invalid_input');
  const customerId = await customerOf(db, actor, api);
  const purchaseId = newId();
  const amountMinor = BigInt(pack.prices[currency]);
  await db.pool.query(
    `INSERT INTO card_purchase (id, user_id, pack, credit_millicredits, bonus_millicredits, currency, amount_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [purchaseId, actor.userId, pack.id, millicredits(pack.credits), millicredits(pack.bonusCredits), currency, amountMinor],
  );
  const title = `${pack.credits.toLocaleString('en-US')} credits${pack.bonusCredits ? ` + ${pack.bonusCredits.toLocaleString('en-US')} bonus` : ''}`;
  const { sessionId, url } = await api.createCheckout({
    ...{ purchaseId, customerId, title, amountMinor, currency },
    successUrl: returnUrl({ paid: purchaseId, back }),
    cancelUrl: returnUrl({ cancelled: purchaseId, back }),
    withTax: env.STRIPE_TAX,
  });
  await db.pool.query('UPDATE card_purchase SET session_id = $2 WHERE id = $1', [purchaseId, sessionId]);
  return { purchaseId, url };
}

const millicredits = (credits: number): bigint => BigInt(credits) * MILLICREDITS_PER_CREDIT;

function returnUrl({ back, ...state }: { paid?: string; cancelled?: string; back?: string }): string {
  const search = new URLSearchParams({ pay: 'card', ...state, ...(back && { back }) });
  return new URL(`/credits?${search}`, env.PUBLIC_URL).href;
}
