import { newId } from '@/lib/ids';
import type { Ask, Model, Pay } from './model';
import type { Wish } from './steps';

export const pick = <T>(items: readonly T[], n: number): T | undefined => items[n % items.length];
export const idsOf = (model: Model, state: 'open' | 'captured') =>
  [...model.holds.values()].filter((hold) => hold.state === state).map(({ id }) => id);

/** A new hold, now and then an earlier one again: as it was, or with another amount. */
export function askOf(model: Model, collectors: string[], { pick: n, size, again, other }: Wish, final: boolean): Ask {
  const known = again ? pick([...model.holds.values()], n) : undefined;
  if (known) return { ...known, amount: other ? known.amount + 1n : known.amount };
  return { id: newId(), user: pick(collectors, n) ?? '', amount: BigInt(size), final };
}

/** The capture of an open hold, in full or in part, now and then of any hold again, or of more than it holds. Takes what it picks from `open`. */
export function payOf(model: Model, open: string[], receivers: number, { pick: n, size, again, other }: Wish): Pay {
  const id = (again ? pick([...model.holds.keys()], n) : open.splice(n % (open.length || 1), 1)[0]) ?? newId();
  const hold = model.holds.get(id);
  const amount = hold?.amount ?? 1n;
  const part = size > 100 ? amount : (amount * BigInt(size)) / 100n || 1n;
  const total = other ? amount + 1n : again && hold?.captured ? hold.captured : part;
  return { id, total, creator: n % receivers };
}
