import type { Account } from '../tables';
import { invalid } from '../wire/fault';
import { pageParams, paginate } from '../wire/paginate';
import { inner, metadata, text } from '../wire/read';
import { base, emit, get, newObjectId, seconds, type World } from '../world';
import { type ApiRoute, type Call, newestFirst } from './route';

const DUE = ['external_account', 'individual.dob', 'individual.first_name', 'tos_acceptance.date'];

const profile = {
  business_type: 'string',
  business_profile: { mcc: 'string', name: 'string', product_description: 'string', url: 'string' },
  email: 'string',
  metadata: 'map',
  expand: ['string'],
} as const;

function create({ world, params }: Call): Account {
  const controller = inner(params, 'controller');
  const transfers = inner(inner(params, 'capabilities'), 'transfers');
  if (transfers.requested !== true) throw invalid('You must request at least one capability.', { param: 'capabilities' });
  const { livemode: _, ...fields } = base('acct', metadata(params));
  const account: Account = {
    ...fields,
    object: 'account',
    capabilities: { transfers: 'inactive' },
    charges_enabled: false,
    controller: {
      type: 'application',
      fees: { payer: text(inner(controller, 'fees'), 'payer') ?? 'account' },
      losses: { payments: text(inner(controller, 'losses'), 'payments') ?? 'stripe' },
      requirement_collection: text(controller, 'requirement_collection') ?? 'stripe',
      stripe_dashboard: { type: text(inner(controller, 'stripe_dashboard'), 'type') ?? 'full' },
    },
    country: text(params, 'country') ?? 'US',
    default_currency: 'usd',
    details_submitted: false,
    email: text(params, 'email'),
    payouts_enabled: false,
    requirements: { currently_due: [...DUE], disabled_reason: 'requirements.past_due', eventually_due: [...DUE], past_due: [...DUE] },
    type: 'none',
  };
  world.tables.accounts[account.id] = account;
  emit(world, 'account.updated', account, account.id);
  return account;
}

/** What the onboarding page does, and the control API: all that was due is given, or a thing is asked for again. */
export function setOnboarded(world: World, account: Account, done: boolean): void {
  account.capabilities.transfers = done ? 'active' : 'inactive';
  account.payouts_enabled = done;
  account.details_submitted = done;
  const due = done ? [] : [...DUE];
  account.requirements = { currently_due: due, disabled_reason: done ? null : 'requirements.past_due', eventually_due: due, past_due: due };
  emit(world, 'account.updated', account, account.id);
}

function link({ world, params }: Call): object {
  const account = get(world.tables.accounts, 'account', text(params, 'account') ?? '', 'account');
  const id = newObjectId('link');
  world.tables.links[id] = { id, kind: 'onboarding', of: account.id, back: text(params, 'return_url') ?? '/', expires_at: seconds() + 300 };
  return { object: 'account_link', created: seconds(), expires_at: seconds() + 300, url: `${world.url}/_pages/onboarding/${id}` };
}

export const accountRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/accounts',
    params: {
      ...profile,
      country: 'string',
      capabilities: { transfers: { requested: 'boolean' } },
      controller: {
        fees: { payer: 'string' },
        losses: { payments: 'string' },
        requirement_collection: 'string',
        stripe_dashboard: { type: 'string' },
      },
      settings: { payouts: { schedule: { interval: 'string' } } },
      tos_acceptance: { service_agreement: 'string' },
    },
    handle: create,
  },
  {
    method: 'GET',
    path: '/v1/accounts',
    params: pageParams,
    handle: ({ world, params }) => paginate('/v1/accounts', newestFirst(world.tables.accounts), params),
  },
  {
    method: 'GET',
    path: '/v1/accounts/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => get(world.tables.accounts, 'account', ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: '/v1/account_links',
    params: {
      account: 'string!',
      type: 'string!',
      refresh_url: 'string',
      return_url: 'string',
      collect: 'string',
      collection_options: { fields: 'string', future_requirements: 'string' },
      expand: ['string'],
    },
    handle: link,
  },
  {
    method: 'POST',
    path: '/v1/accounts/*/login_links',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => {
      const account = get(world.tables.accounts, 'account', ids[0] ?? '');
      if (account.controller.stripe_dashboard.type !== 'express') throw invalid('This account has no Express dashboard.');
      return { object: 'login_link', created: seconds(), url: `${world.url}/_pages/dashboard/${account.id}` };
    },
  },
];
