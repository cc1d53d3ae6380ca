import 'server-only';
import type Stripe from 'stripe';
import type { CardApi, CheckoutTerms } from './card-api';
import { configuredClient } from './client';
import { listDisputes, listRefunds } from './list-claims';
import { readPayment } from './read-payment';
import { asking } from './to-app-error';

/** Card payments through the SDK; by the settings when none is given. Throws `card_off` without them. */
export function openCardApi(stripe: Stripe = configuredClient()): CardApi {
  return {
    createCustomer: ({ userId }) =>
      asking(async () => {
        const customer = await stripe.customers.create({ metadata: { user: userId } }, { idempotencyKey: `customer-${userId}` });
        return { customerId: customer.id };
      }),
    createCheckout: (terms) =>
      asking(async () => {
        const session = await stripe.checkout.sessions.create(checkoutParams(terms), { idempotencyKey: `checkout-${terms.purchaseId}` });
        return { sessionId: session.id, url: session.url ?? terms.cancelUrl };
      }),
    createPortal: ({ customerId, returnUrl }) =>
      asking(async () => {
        const { url } = await stripe.billingPortal.sessions.create({ customer: customerId, return_url: returnUrl });
        return { url };
      }),
    readPayment: (sessionId) => asking(() => readPayment(stripe, sessionId)),
    listRefunds: (since) => asking(() => listRefunds(stripe, since)),
    listDisputes: (since) => asking(() => listDisputes(stripe, since)),
    findPurchase: (paymentIntentId) => asking(async () => (await stripe.paymentIntents.retrieve(paymentIntentId)).metadata.purchase ?? null),
  };
}

function checkoutParams(terms: CheckoutTerms): Stripe.Checkout.SessionCreateParams {
  const metadata = { purchase: terms.purchaseId };
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    client_reference_id: terms.purchaseId,
    customer: terms.customerId,
    // Tax and invoices need an address and a name; what is typed at checkout is kept for the next time.
    customer_update: { address: 'auto', name: 'auto' },
    metadata,
    payment_intent_data: { metadata, description: terms.title },
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: terms.currency,
          unit_amount: Number(terms.amountMinor),
          tax_behavior: 'exclusive',
          product_data: { name: terms.title },
        },
      },
    ],
    // Our packs have a price in each currency: Stripe is not to convert them.
    adaptive_pricing: { enabled: false },
    automatic_tax: { enabled: terms.withTax },
    invoice_creation: { enabled: true },
    success_url: terms.successUrl,
    cancel_url: terms.cancelUrl,
  };
}
