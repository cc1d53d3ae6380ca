import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { seedPerson } from '@/prisma/seed/people';

const MANY = 200;
const addresses = Array.from({ length: MANY }, (_, i): `0x${string}` => `0x${(0x0b_0000 + i).toString(16).padStart(40, '0')}`);
let taken = 0;

/** For OPERATOR_ADDRESSES: what one operator may let out alone is bounded, so that tests need new ones. */
export const MANY_OPERATORS = addresses.join(',');

/** An operator who has approved nothing yet. */
export function newOperator(db: Pick<Database, 'prisma'>): Promise<Actor> {
  const address = addresses[taken++];
  if (!address) throw new Error('more operators than there are addresses');
  return seedPerson(db, address);
}
