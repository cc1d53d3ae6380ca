import 'server-only';
import type Stripe from 'stripe';
import { configuredClient } from './client';
import type { ConnectApi } from './connect-api';
import { asking, refusalOf } from './to-app-error';

/**
 * Payouts to creators through Connect; by the settings when no client is given. Accounts are made with v1 `controller` properties: the
 * platform pays the fees and bears losses, Stripe collects what it must know and shows the Express dashboard.
 */
export function openConnectApi(stripe: Stripe = configuredClient()): ConnectApi {
  return {
    createAccount: ({ userId }) =>
      asking(async () => {
        const account = await stripe.accounts.create(
          {
            capabilities: { transfers: { requested: true } },
            controller: {
              fees: { payer: 'application' },
              losses: { payments: 'application' },
              requirement_collection: 'stripe',
              stripe_dashboard: { type: 'express' },
            },
            metadata: { user: userId },
          },
          { idempotencyKey: `account-${userId}` },
        );
        return { accountId: account.id };
      }),
    createOnboardingLink: ({ accountId, returnUrl, refreshUrl }) =>
      asking(async () => {
        const { url } = await stripe.accountLinks.create({
          account: accountId,
          type: 'account_onboarding',
          return_url: returnUrl,
          refresh_url: refreshUrl,
        });
        return { url };
      }),
    readAccount: (accountId) =>
      asking(async () => {
        const account = await stripe.accounts.retrieve(accountId);
        return { payoutsEnabled: account.payouts_enabled && account.capabilities?.transfers === 'active' };
      }),
    createTransfer: (terms) => createTransfer(stripe, terms),
    findTransfers: (payoutId) =>
      asking(async () => {
        const found = await stripe.transfers.list({ transfer_group: payoutId, limit: 100 });
        return found.data.map(({ id, destination, amount, reversed }) => ({
          id,
          accountId: typeof destination === 'string' ? destination : (destination?.id ?? ''),
          amountCents: BigInt(amount),
          reversed,
        }));
      }),
  };
}

async function createTransfer(stripe: Stripe, { payoutId, accountId, amountCents }: Parameters<ConnectApi['createTransfer']>[0]) {
  try {
    return await asking(async () => {
      const { id } = await stripe.transfers.create(
        { amount: Number(amountCents), currency: 'usd', destination: accountId, transfer_group: payoutId, metadata: { payout: payoutId } },
        { idempotencyKey: `payout-${payoutId}` },
      );
      return { id };
    });
  } catch (error) {
    const refused = refusalOf(error);
    if (refused) return { refused };
    throw error;
  }
}
