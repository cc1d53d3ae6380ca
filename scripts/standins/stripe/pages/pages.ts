import { setOnboarded } from '../resources/accounts';
import { declineSession, paySession } from '../resources/pay';
import type { Link } from '../tables';
import { get, type World } from '../world';
import { html, money, page, Raw } from './layout';

export type PageAnswer = { page: string } | { redirect: string };

/** The pages people are sent to: GET shows one, POST is the button that was pressed. */
export function showPage(world: World, [kind = '', id = '']: string[], pressed: string | null): PageAnswer {
  if (kind === 'checkout') return checkout(world, id, pressed);
  if (kind === 'receipt') return { page: receipt(world, id) };
  if (kind === 'dashboard')
    return { page: page('Express dashboard', html`<h1>Express dashboard of ${id}</h1><p class="quiet">Nothing is kept here.</p>`) };
  const link = get(world.tables.links, 'link', id);
  return kind === 'portal' ? portal(world, link) : onboarding(world, link, pressed);
}

function checkout(world: World, id: string, pressed: string | null): PageAnswer {
  const session = get(world.tables.sessions, 'checkout.session', id);
  const after = (to: string | null) => ({ redirect: (to ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id) });
  if (pressed === 'pay') paySession(world, session);
  if (pressed === 'cancel') return after(session.cancel_url);
  if (session.status === 'complete') return after(session.success_url);
  if (session.status === 'expired')
    return { page: page('Expired', html`<h1>This checkout has expired</h1><a class="button" href="${session.cancel_url ?? '/'}">Back</a>`) };
  if (pressed === 'decline') declineSession(world, session);
  const declined = pressed === 'decline' ? html`<p role="alert">Your card was declined. Try again, or press Pay.</p>` : '';
  const tax =
    session.total_details.amount_tax > 0 ? html`<p class="quiet">of which tax ${money(session.total_details.amount_tax, session.currency)}</p>` : '';
  return {
    page: page(
      'Checkout',
      html`<h1>${session.description}</h1><p class="amount">${money(session.amount_total, session.currency)}</p>${tax}${declined}
<form method="post"><button class="first" name="do" value="pay">Pay</button><button name="do" value="decline">Decline</button><button name="do" value="cancel">Cancel</button></form>`,
    ),
  };
}

function receipt(world: World, id: string): string {
  const charge = world.tables.charges[world.tables.payment_intents[id]?.latest_charge ?? id] ?? get(world.tables.charges, 'charge', id);
  const refunded = charge.amount_refunded > 0 ? html`<p>Refunded: ${money(charge.amount_refunded, charge.currency)}</p>` : '';
  return page(
    'Receipt',
    html`<h1>Receipt</h1><p class="amount">${money(charge.amount, charge.currency)}</p>${refunded}<p class="quiet">${charge.id}</p>`,
  );
}

function portal(world: World, link: Link): PageAnswer {
  const invoices = Object.values(world.tables.invoices).filter((invoice) => invoice.customer === link.of);
  const rows = invoices.map(
    (invoice) => html`<li><a href="${invoice.hosted_invoice_url}">${invoice.number}</a> ${money(invoice.total, invoice.currency)}</li>`,
  );
  const list = rows.length > 0 ? html`<ul>${new Raw(rows.map((row) => row.text).join(''))}</ul>` : html`<p class="quiet">No invoices yet.</p>`;
  return { page: page('Customer portal', html`<h1>Billing details and invoices</h1>${list}<a class="button" href="${link.back}">Back</a>`) };
}

function onboarding(world: World, link: Link, pressed: string | null): PageAnswer {
  const account = get(world.tables.accounts, 'account', link.of);
  if (pressed === 'finish') setOnboarded(world, account, true);
  if (pressed) return { redirect: link.back };
  return {
    page: page(
      'Payouts onboarding',
      html`<h1>Set up payouts</h1><p class="quiet">${account.id}</p>
<form method="post"><button class="first" name="do" value="finish">Give everything that is asked for</button><button name="do" value="later">Come back later</button></form>`,
    ),
  };
}
