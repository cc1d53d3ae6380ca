import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '@/lib/actor';
import { log } from '@/lib/log';
import { consume, limiter } from './limiters';

/**
 * Calls a minute of one signed-in person. Wallets cost nothing, so an address is bounded, too; all people together are not, for then a few
 * dozen wallets would stop everybody's payouts: operators are told instead.
 */
const limits = {
  // A row each.
  depositQuote: { perPerson: 30, shared: true },
  payout: { perPerson: 20, shared: true },
  // A call to the payment service each.
  connect: { perPerson: 20, shared: true },
  cardCheckout: { perPerson: 20, shared: true },
  cardCheck: { perPerson: 60, shared: true },
  // The house pays the gas of one that fails.
  relay: { perPerson: 20, shared: true },
  // Questions to the chain, signatures, and a picture sealed anew.
  relayQuote: { perPerson: 60, shared: true },
  voucher: { perPerson: 30, shared: true },
  // A call to an endpoint or the chain each.
  studio: { perPerson: 120, shared: true },
  // Questions to the chain each, and some a signature.
  pass: { perPerson: 60, shared: true },
  // A picture encoded and kept each.
  passPicture: { perPerson: 20, shared: true },
  // A picture decoded and stored each.
  upload: { perPerson: 30, shared: true },
  // A row each that is never removed.
  apiKey: { perPerson: 20, shared: true },
  opening: { perPerson: 30, shared: true },
  // A row, or a call to an address of theirs, each.
  webhook: { perPerson: 30, shared: true },
  // Reads as much as there is.
  export: { perPerson: 10, shared: true },
  // Often and cheap: counted in each process. A form asks for a price with every change.
  quote: { perPerson: 300, shared: false },
  start: { perPerson: 120, shared: false },
  // A stream looks at the database twice a second for as long as its runs last.
  events: { perPerson: 60, shared: false },
} as const;
export type PersonLimitName = keyof typeof limits;

/** An office or a school behind one address. */
const PEOPLE_OF_AN_ADDRESS = 10;
const PEOPLE_AT_ONCE = 100;

/** Counts one call of a person. Throws `rate_limited` with details.retryAfterMs when they, or all at their address, made too many. */
export async function takeForPerson(name: PersonLimitName, { actor, address }: { actor: Pick<Actor, 'userId'>; address: string }): Promise<void> {
  const { perPerson, shared } = limits[name];
  await consume(limiter(`${name}:person`, perPerson, shared), actor.userId, 1);
  await consume(limiter(`${name}:address`, perPerson * PEOPLE_OF_AN_ADDRESS, shared), address, 1);
  await tellOfCrowd(name, perPerson * PEOPLE_AT_ONCE);
}

/** Stops nobody; said once a minute by each process. */
async function tellOfCrowd(name: PersonLimitName, calls: number): Promise<void> {
  const counted = await limiter(`${name}:crowd`, calls, false)
    .consume('all')
    .catch((thrown: unknown) => thrown);
  if (counted instanceof RateLimiterRes && counted.consumedPoints === calls + 1) {
    log.error({ name, calls }, 'more calls within a minute than people make: somebody has many wallets and addresses');
  }
}
