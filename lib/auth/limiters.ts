import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';

const MINUTE_S = 60;
const held = globalThis as { intaglioLimiters?: Map<string, RateLimiterAbstract> };

/** What counts `points` a minute under a name: in the database where all processes share it, else in each process for itself. */
export function limiter(name: string, points: number, shared: boolean): RateLimiterAbstract {
  held.intaglioLimiters ??= new Map();
  const known = held.intaglioLimiters.get(name);
  if (known) return known;
  const common = { keyPrefix: name, points, duration: MINUTE_S };
  const made = shared
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
  held.intaglioLimiters.set(name, made);
  return made;
}

/** Throws `rate_limited` when there were too many. */
export async function consume(counter: RateLimiterAbstract, key: string, points: number): Promise<void> {
  try {
    await counter.consume(key, points);
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown;
    throw new AppError('rate_limited', { details: { retryAfterMs: thrown.msBeforeNext } });
  }
}
