import { isKnownCurrency } from '../balance';
import type { Session } from '../tables';
import type { Spec } from '../wire/check-params';
import { invalid } from '../wire/fault';
import type { Values } from '../wire/form';
import { pageParams, paginate } from '../wire/paginate';
import { flag, inner, integer, list, metadata, text } from '../wire/read';
import { base, emit, get, seconds } from '../world';
import { type ApiRoute, type Call, newestFirst } from './route';

const SHOWN_TAX = 0.2;
const productData = { name: 'string!', description: 'string', tax_code: 'string', metadata: 'map' } as const;
const params: Spec = {
  mode: 'string!',
  ui_mode: 'string',
  success_url: 'string',
  cancel_url: 'string',
  return_url: 'string',
  client_reference_id: 'string',
  customer: 'string',
  customer_email: 'string',
  customer_creation: 'string',
  customer_update: { address: 'string', name: 'string', shipping: 'string' },
  line_items: [
    {
      price: 'string',
      quantity: 'integer',
      price_data: { currency: 'string!', unit_amount: 'integer', tax_behavior: 'string', product: 'string', product_data: productData },
    },
  ],
  automatic_tax: { enabled: 'boolean' },
  tax_id_collection: { enabled: 'boolean' },
  billing_address_collection: 'string',
  adaptive_pricing: { enabled: 'boolean' },
  allow_promotion_codes: 'boolean',
  allowed_payment_method_types: ['string'],
  excluded_payment_method_types: ['string'],
  expires_at: 'integer',
  invoice_creation: { enabled: 'boolean', invoice_data: { description: 'string', footer: 'string', metadata: 'map' } },
  locale: 'string',
  metadata: 'map',
  payment_intent_data: {
    description: 'string',
    metadata: 'map',
    receipt_email: 'string',
    statement_descriptor_suffix: 'string',
    capture_method: 'string',
  },
  submit_type: 'string',
  expand: ['string'],
};

function create({ world, params }: Call): object {
  const item = onlyItem(params);
  const price = inner(item, 'price_data');
  const currency = text(price, 'currency')?.toLowerCase() ?? '';
  const subtotal = (integer(price, 'unit_amount') ?? 0) * (integer(item, 'quantity') ?? 1);
  if (!isKnownCurrency(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'line_items[0][price_data][currency]' });
  const withTax = flag(inner(params, 'automatic_tax'), 'enabled');
  const tax = withTax ? Math.round(subtotal * SHOWN_TAX) : 0;
  const customer = text(params, 'customer');
  if (customer) get(world.tables.customers, 'customer', customer, 'customer');
  const session: Session = {
    ...base('cs_test', metadata(params)),
    object: 'checkout.session',
    amount_subtotal: subtotal,
    amount_total: subtotal + tax,
    automatic_tax: { enabled: withTax, status: withTax ? 'complete' : null },
    cancel_url: text(params, 'cancel_url'),
    client_reference_id: text(params, 'client_reference_id'),
    currency,
    customer,
    expires_at: integer(params, 'expires_at') ?? seconds() + 24 * 3600,
    invoice: null,
    invoice_creation: { enabled: flag(inner(params, 'invoice_creation'), 'enabled') },
    mode: 'payment',
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    success_url: text(params, 'success_url'),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: tax },
    ui_mode: 'hosted_page',
    url: null,
    intent_metadata: metadata(inner(params, 'payment_intent_data')),
    description: text(inner(price, 'product_data'), 'name') ?? '',
  };
  session.url = `${world.url}/_pages/checkout/${session.id}`;
  world.tables.sessions[session.id] = session;
  return shown(session);
}

function onlyItem(params: Values): Values {
  if (text(params, 'mode') !== 'payment') throw invalid('The simulator has payments only.', { param: 'mode' });
  if ((text(params, 'ui_mode') ?? 'hosted_page') !== 'hosted_page') throw invalid('The simulator has hosted pages only.', { param: 'ui_mode' });
  if (!text(params, 'success_url')) throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' });
  const [item, ...more] = list(params, 'line_items');
  if (!item || more.length > 0 || !inner(item, 'price_data').product_data)
    throw invalid('The simulator takes one line item with price_data.', { param: 'line_items' });
  return item;
}

/** As the API shows it: a session that is not open any more has no page. */
export function shown({ intent_metadata: _, description: __, ...session }: Session): object {
  return { ...session, url: session.status === 'open' ? session.url : null };
}

function expire({ world, ids }: Call): object {
  const session = get(world.tables.sessions, 'checkout.session', ids[0] ?? '');
  if (session.status !== 'open') throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`);
  session.status = 'expired';
  emit(world, 'checkout.session.expired', shown(session));
  return shown(session);
}

export const checkoutRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/checkout/sessions', params, handle: create },
  {
    method: 'GET',
    path: '/v1/checkout/sessions',
    params: { ...pageParams, customer: 'string', payment_intent: 'string' },
    handle: ({ world, params }) => {
      const [customer, intent] = [text(params, 'customer'), text(params, 'payment_intent')];
      const found = newestFirst(world.tables.sessions).filter(
        (session) => (!customer || session.customer === customer) && (!intent || session.payment_intent === intent),
      );
      const page = paginate('/v1/checkout/sessions', found, params);
      return { ...page, data: page.data.map(shown) };
    },
  },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => shown(get(world.tables.sessions, 'checkout.session', ids[0] ?? '')),
  },
  { method: 'POST', path: '/v1/checkout/sessions/*/expire', params: { expand: ['string'] }, handle: expire },
];
