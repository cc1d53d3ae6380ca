import { balanceOf, moveBalance } from '../balance';
import type { Reversal, Transfer } from '../tables';
import { invalid } from '../wire/fault';
import { pageParams, paginate } from '../wire/paginate';
import { integer, metadata, text } from '../wire/read';
import { base, emit, get, type World } from '../world';
import { type ApiRoute, type Call, newestFirst } from './route';

function create({ world, params }: Call): object {
  const account = get(world.tables.accounts, 'destination', text(params, 'destination') ?? '', 'destination');
  const amount = integer(params, 'amount') ?? 0;
  const currency = text(params, 'currency')?.toLowerCase() ?? '';
  if (amount < 1) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount' });
  if (account.capabilities.transfers !== 'active') {
    throw invalid('Your destination account needs to have at least one of the following capabilities enabled: transfers', {
      code: 'insufficient_capabilities_for_transfer',
    });
  }
  if (currency !== 'usd' || balanceOf(world) < amount) {
    throw invalid('You have insufficient available funds in your Stripe account.', { code: 'balance_insufficient' });
  }
  const transfer: Transfer = {
    ...base('tr', metadata(params)),
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: null,
    currency,
    description: text(params, 'description'),
    destination: account.id,
    reversed: false,
    source_transaction: text(params, 'source_transaction'),
    transfer_group: text(params, 'transfer_group'),
  };
  transfer.balance_transaction = moveBalance(world, { type: 'transfer', category: 'transfer', source: transfer.id, amount: -amount, currency }).id;
  world.tables.transfers[transfer.id] = transfer;
  emit(world, 'transfer.created', transfer);
  return withReversals(world, transfer);
}

function reverse({ world, params, ids }: Call): Reversal {
  const transfer = get(world.tables.transfers, 'transfer', ids[0] ?? '');
  const left = transfer.amount - transfer.amount_reversed;
  const amount = integer(params, 'amount') ?? left;
  if (amount > left) throw invalid('Reversal amount is greater than unreversed amount on transfer.', { param: 'amount' });
  const { livemode: _, ...fields } = base('trr', metadata(params));
  const reversal: Reversal = {
    ...fields,
    object: 'transfer_reversal',
    amount,
    balance_transaction: null,
    currency: transfer.currency,
    transfer: transfer.id,
  };
  const move = { type: 'transfer_refund', category: 'transfer_reversal', source: transfer.id, amount, currency: transfer.currency };
  reversal.balance_transaction = moveBalance(world, move).id;
  transfer.amount_reversed += amount;
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  world.tables.reversals[reversal.id] = reversal;
  emit(world, 'transfer.reversed', withReversals(world, transfer));
  return reversal;
}

function withReversals(world: World, transfer: Transfer): object {
  const url = `/v1/transfers/${transfer.id}/reversals`;
  const data = newestFirst(world.tables.reversals).filter((reversal) => reversal.transfer === transfer.id);
  return { ...transfer, reversals: { object: 'list', url, has_more: data.length > 10, data: data.slice(0, 10) } };
}

function list({ world, params }: Call): object {
  const [group, destination] = [text(params, 'transfer_group'), text(params, 'destination')];
  const found = newestFirst(world.tables.transfers).filter(
    (transfer) => (!group || transfer.transfer_group === group) && (!destination || transfer.destination === destination),
  );
  const page = paginate('/v1/transfers', found, params);
  return { ...page, data: page.data.map((transfer) => withReversals(world, transfer)) };
}

export const transferRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/transfers',
    params: {
      amount: 'integer!',
      currency: 'string!',
      destination: 'string!',
      description: 'string',
      metadata: 'map',
      source_transaction: 'string',
      source_type: 'string',
      transfer_group: 'string',
      expand: ['string'],
    },
    handle: create,
  },
  { method: 'GET', path: '/v1/transfers', params: { ...pageParams, destination: 'string', transfer_group: 'string' }, handle: list },
  {
    method: 'GET',
    path: '/v1/transfers/*',
    params: { expand: ['string'] },
    handle: ({ world, ids }) => withReversals(world, get(world.tables.transfers, 'transfer', ids[0] ?? '')),
  },
  {
    method: 'POST',
    path: '/v1/transfers/*/reversals',
    params: { amount: 'integer', description: 'string', metadata: 'map', refund_application_fee: 'boolean', expand: ['string'] },
    handle: reverse,
  },
  {
    method: 'GET',
    path: '/v1/transfers/*/reversals',
    params: pageParams,
    handle: ({ world, params, ids }) => {
      const transfer = get(world.tables.transfers, 'transfer', ids[0] ?? '');
      return paginate(
        `/v1/transfers/${transfer.id}/reversals`,
        newestFirst(world.tables.reversals).filter((reversal) => reversal.transfer === transfer.id),
        params,
      );
    },
  },
];
