import type { World } from '../world';
import { invalid } from './fault';

const tables = {
  payment_intent: 'payment_intents',
  latest_charge: 'charges',
  charge: 'charges',
  balance_transaction: 'balance_transactions',
  balance_transactions: null,
  customer: 'customers',
  invoice: 'invoices',
  refunds: null,
  destination: 'accounts',
  source: null,
} as const;

/** Puts the objects that `expand` asks for in the place of their ids; in lists the path begins with `data`. At most four levels. */
export function expand(world: World, answer: unknown, paths: string[]): unknown {
  const copy = structuredClone(answer);
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > 4) throw invalid(`You cannot expand more than 4 levels of a property: ${path}`);
    grow(world, copy, parts);
  }
  return copy;
}

function grow(world: World, node: unknown, [name, ...rest]: string[]): void {
  if (name === undefined || typeof node !== 'object' || node === null) return;
  const object = node as Record<string, unknown>;
  if (name === 'data' && Array.isArray(object.data)) {
    for (const item of object.data) grow(world, item, rest);
    return;
  }
  if (!(name in tables) && !(name in object)) throw invalid(`This property cannot be expanded (${name}).`);
  if (name === 'refunds' && object.object === 'charge') object.refunds = refundsOf(world, String(object.id));
  const table = tables[name as keyof typeof tables];
  const id = object[name];
  if (table && typeof id === 'string') object[name] = structuredClone(world.tables[table][id] ?? id);
  grow(world, object[name], rest);
}

function refundsOf(world: World, charge: string) {
  const all = Object.values(world.tables.refunds)
    .filter((refund) => refund.charge === charge)
    .reverse();
  return { object: 'list', url: `/v1/charges/${charge}/refunds`, has_more: all.length > 10, data: structuredClone(all.slice(0, 10)) };
}
