import 'server-only';
import type Stripe from 'stripe';
import type { AccountReader } from './account-reader';
import { configuredClient } from './client';
import { all, toDisputeFact, toRefundFact } from './read-payment';
import { stripeSettings } from './settings';
import { asking } from './to-app-error';

const PAGE = { limit: 100 };

/** Lists everything in the account; by the settings when no client is given. Throws `card_off` without them. */
export function openAccountReader(stripe: Stripe = configuredClient()): AccountReader {
  return {
    listCharges: () =>
      asking(async () =>
        (await all(stripe.charges.list(PAGE)))
          .filter(({ paid }) => paid)
          .map(({ id, payment_intent, metadata, amount_captured, currency, created }) => ({
            id,
            paymentIntentId: idOf(payment_intent),
            purchaseId: metadata.purchase ?? null,
            amountMinor: BigInt(amount_captured),
            currency,
            at: moment(created),
          })),
      ),
    listRefunds: () =>
      asking(async () =>
        (await all(stripe.refunds.list(PAGE))).map((refund) => ({ ...toRefundFact(refund), ...placeOf(refund), currency: refund.currency })),
      ),
    listDisputes: () =>
      asking(async () => (await all(stripe.disputes.list(PAGE))).map((dispute) => ({ ...toDisputeFact(dispute), ...placeOf(dispute) }))),
    listTransfers: () =>
      asking(async () =>
        (await all(stripe.transfers.list(PAGE))).map(({ id, destination, amount, reversed, transfer_group, created }) => ({
          id,
          accountId: idOf(destination) ?? '',
          amountCents: BigInt(amount),
          reversed,
          payoutId: transfer_group,
          at: moment(created),
        })),
      ),
    pageOf: (kind, id) => dashboardPage(kind, id),
  };
}

type Reference = string | { id: string } | null | undefined;
const idOf = (reference: Reference): string | null => (typeof reference === 'string' ? reference : (reference?.id ?? null));
const moment = (seconds: number) => new Date(seconds * 1000);
const placeOf = ({ payment_intent, created }: { payment_intent: Reference; created: number }) => ({
  paymentIntentId: idOf(payment_intent),
  at: moment(created),
});

/** The simulator has no dashboard. */
function dashboardPage(kind: string, id: string): string | null {
  const settings = stripeSettings();
  if (!settings || settings.apiBase) return null;
  return `https://dashboard.stripe.com/${settings.secretKey.includes('_test_') ? 'test/' : ''}${kind}/${id}`;
}
