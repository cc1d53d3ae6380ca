import type { Actor } from '@/lib/actor';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** Whether the account belongs to somebody who runs this house: OPERATOR_ADDRESSES says so, no row does, so that no query can make one. */
export const isOperator = (actor: Pick<Actor, 'address'>): boolean => env.OPERATOR_ADDRESSES.includes(actor.address.toLowerCase());

/** Throws `forbidden` for everybody else. */
export function requireOperator(actor: Pick<Actor, 'address'>): void {
  if (!isOperator(actor)) throw new AppError('forbidden');
}
