import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/**
 * Points a minute, for one client and for everyone together. The second number holds when clients invent addresses, and bounds what
 * they can make grow: 3,000 nonces a minute for five minutes are 15,000 small rows.
 */
const limits = {
  nonce: { perClient: 120, everyone: 3_000, shared: true },
  signIn: { perClient: 60, everyone: 1_500, shared: true },
  faucet: { perClient: 30, everyone: 300, shared: true },
  // A row each; per person.
  depositQuote: { perClient: 30, everyone: 3_000, shared: true },
  payout: { perClient: 20, everyone: 600, shared: true },
  // The house pays the gas of one that fails; per person.
  relay: { perClient: 20, everyone: 600, shared: true },
  // A call to the card processor each; per person.
  cardCheckout: { perClient: 20, everyone: 1_000, shared: true },
  cardCheck: { perClient: 60, everyone: 3_000, shared: true },
  // A stream looks at the database twice a second for as long as its runs last; per person.
  events: { perClient: 60, everyone: 6_000, shared: false },
  // A call to an endpoint or the chain each; per person.
  studio: { perClient: 120, everyone: 6_000, shared: true },
  // Each may ask a provider for its keys; counted in each process.
  endpointHook: { perClient: 1_200, everyone: 12_000, shared: false },
  // Open to everyone, and decoding a large picture takes a core for a while: each process guards its own.
  verify: { perClient: 60, everyone: 300, shared: false },
  // Many and cheap: counted in each process, so that reading the chain does not write to the database.
  rpc: { perClient: 3_000, everyone: 30_000, shared: false },
} as const;
export type LimitName = keyof typeof limits;

const MINUTE_S = 60;
const held = globalThis as { intaglioLimiters?: Map<string, RateLimiterAbstract> };

/** Counts one call (or `points` of them) of this client. Throws `rate_limited` with details.retryAfterMs when there were too many. */
export async function takeOne(name: LimitName, client: string, points = 1): Promise<void> {
  const { perClient, everyone } = limits[name];
  await consume(limiter(name, 'client', perClient), client, points);
  await consume(limiter(name, 'all', everyone), 'all', points);
}

/**
 * What a client is counted under: the last address of x-forwarded-for. That is the one our own proxy (or, without one, Next itself)
 * saw; anything before it is the client's word. Served without a proxy a client can send its own header: `everyone` is for that.
 */
export function clientOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || 'unknown';
}

function limiter(name: LimitName, scope: 'client' | 'all', points: number): RateLimiterAbstract {
  held.intaglioLimiters ??= new Map();
  const key = `${name}:${scope}`;
  const known = held.intaglioLimiters.get(key);
  if (known) return known;
  const common = { keyPrefix: key, points, duration: MINUTE_S };
  const made = limits[name].shared
    ? new RateLimiterPostgres({
        ...common,
        storeClient: database().pool,
        storeType: 'pool',
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: true,
        // Someone who is over the limit is turned away without a query.
        inMemoryBlockOnConsumed: points + 1,
      })
    : new RateLimiterMemory(common);
  held.intaglioLimiters.set(key, made);
  return made;
}

async function consume(limiter: RateLimiterAbstract, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    throw new AppError('rate_limited', { details: { retryAfterMs: thrown.msBeforeNext } });
  }
}
