import type { Customer } from '../tables';
import { pageParams, paginate } from '../wire/paginate';
import { metadata, text } from '../wire/read';
import { base, emit, get, newObjectId, seconds } from '../world';
import { type ApiRoute, newestFirst } from './route';

const fields = { description: 'string', email: 'string', name: 'string', metadata: 'map', expand: ['string'] } as const;

export const customerRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    params: fields,
    handle: ({ world, params }) => {
      const customer: Customer = {
        ...base('cus', metadata(params)),
        object: 'customer',
        email: text(params, 'email'),
        name: text(params, 'name'),
        description: text(params, 'description'),
      };
      world.tables.customers[customer.id] = customer;
      emit(world, 'customer.created', customer);
      return customer;
    },
  },
  {
    method: 'GET',
    path: '/v1/customers',
    params: pageParams,
    handle: ({ world, params }) => paginate('/v1/customers', newestFirst(world.tables.customers), params),
  },
  {
    method: 'GET',
    path: '/v1/customers/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => get(world.tables.customers, 'customer', ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: '/v1/billing_portal/sessions',
    params: { customer: 'string!', return_url: 'string', configuration: 'string', locale: 'string', expand: ['string'] },
    handle: ({ world, params }) => {
      const customer = get(world.tables.customers, 'customer', text(params, 'customer') ?? '', 'customer');
      const id = newObjectId('bps');
      const back = text(params, 'return_url');
      world.tables.links[id] = { id, kind: 'portal', of: customer.id, back: back ?? '/', expires_at: seconds() + 300 };
      return {
        id,
        object: 'billing_portal.session',
        configuration: 'bpc_simulator',
        created: seconds(),
        customer: customer.id,
        flow: null,
        livemode: false,
        locale: null,
        on_behalf_of: null,
        return_url: back,
        url: `${world.url}/_pages/portal/${id}`,
      };
    },
  },
];
