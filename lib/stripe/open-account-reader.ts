import 'server-only';
import type Stripe from 'stripe';
import type { AccountReader } from './account-reader';
import { configuredClient } from './client';
import { idOf, listDisputes, listRefunds, moment } from './list-claims';
import { all } from './read-payment';
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
    listRefunds: () => asking(() => listRefunds(stripe)),
    listDisputes: () => asking(() => listDisputes(stripe)),
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

/** The simulator has no dashboard. */
function dashboardPage(kind: string, id: string): string | null {
  const settings = stripeSettings();
  if (!settings || settings.apiBase) return null;
  return `https://dashboard.stripe.com/${settings.secretKey.includes('_test_') ? 'test/' : ''}${kind}/${id}`;
}
