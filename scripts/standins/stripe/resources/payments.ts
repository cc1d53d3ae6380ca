import { balanceOf } from '../balance';
import { pageParams, paginate } from '../wire/paginate';
import { text } from '../wire/read';
import { get } from '../world';
import { type ApiRoute, newestFirst } from './route';

const one = { expand: ['string'] } as const;

export const paymentRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/v1/payment_intents/*',
    params: one,
    handle: ({ world, ids }) => get(world.tables.payment_intents, 'payment_intent', ids[0] ?? ''),
  },
  { method: 'GET', path: '/v1/charges/*', params: one, handle: ({ world, ids }) => get(world.tables.charges, 'charge', ids[0] ?? '') },
  {
    method: 'GET',
    path: '/v1/charges',
    params: { ...pageParams, payment_intent: 'string', customer: 'string' },
    handle: ({ world, params }) => {
      const intent = text(params, 'payment_intent');
      const found = newestFirst(world.tables.charges).filter((charge) => !intent || charge.payment_intent === intent);
      return paginate('/v1/charges', found, params);
    },
  },
  { method: 'GET', path: '/v1/invoices/*', params: one, handle: ({ world, ids }) => get(world.tables.invoices, 'invoice', ids[0] ?? '') },
  {
    method: 'GET',
    path: '/v1/balance',
    params: one,
    handle: ({ world }) => ({ object: 'balance', available: [{ amount: balanceOf(world), currency: 'usd' }], livemode: false, pending: [] }),
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions',
    params: {
      ...pageParams,
      type: 'string',
      source: 'string',
      payout: 'string',
      currency: 'string',
      created: { gt: 'integer', gte: 'integer', lt: 'integer', lte: 'integer' },
    },
    handle: ({ world, params }) => {
      const [type, source] = [text(params, 'type'), text(params, 'source')];
      const created = params.created as { gt?: number; gte?: number; lt?: number; lte?: number } | undefined;
      const found = newestFirst(world.tables.balance_transactions).filter(
        (line) =>
          (!type || line.type === type) &&
          (!source || line.source === source) &&
          line.created > (created?.gt ?? -1) &&
          line.created >= (created?.gte ?? 0) &&
          line.created < (created?.lt ?? Number.POSITIVE_INFINITY) &&
          line.created <= (created?.lte ?? Number.POSITIVE_INFINITY),
      );
      return paginate('/v1/balance_transactions', found, params);
    },
  },
  {
    method: 'GET',
    path: '/v1/balance_transactions/*',
    params: one,
    handle: ({ world, ids }) => get(world.tables.balance_transactions, 'balance transaction', ids[0] ?? ''),
  },
  { method: 'GET', path: '/v1/events/*', params: one, handle: ({ world, ids }) => get(world.tables.events, 'event', ids[0] ?? '') },
  {
    method: 'GET',
    path: '/v1/events',
    params: { ...pageParams, type: 'string' },
    handle: ({ world, params }) => {
      const type = text(params, 'type');
      const found = newestFirst(world.tables.events).filter((event) => !type || event.type === type);
      return paginate('/v1/events', found, params);
    },
  },
];
