import { openAccountReader } from '@/lib/stripe/open-account-reader';
import { stripeAvailability } from '@/lib/stripe/settings';
import type { Check } from '../finding';
import { readCardRows } from './card-rows';
import { compareCharges } from './compare-charges';
import { compareDisputes, compareRefunds } from './compare-claims';

/** Everything that customers paid, got back or disputed at the card processor against our rows. */
export const checkCards: Check = {
  name: 'cards',
  run: async ({ snapshot }) => {
    const stripe = stripeAvailability();
    if (!stripe.on) return { off: stripe.why };
    const reader = openAccountReader();
    // Our rows first: what they say has happened there by then, and what happens meanwhile is young.
    const rows = await snapshot(readCardRows);
    const [charges, refunds, disputes] = await Promise.all([reader.listCharges(), reader.listRefunds(), reader.listDisputes()]);
    return {
      compared: `${charges.length} charges, ${refunds.length} refunds, ${disputes.length} disputes${stripe.simulated ? ' (simulated: no money)' : ''}`,
      findings: [
        ...compareCharges(rows.purchases, charges, reader),
        ...compareRefunds(rows.refunds, refunds, reader),
        ...compareDisputes(rows.disputes, disputes, reader),
      ],
    };
  },
};
