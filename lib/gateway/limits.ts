import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Counted } from './doors/door';

/**
 * Calls a minute, all instances together: the database counts. `model`: runs that one wallet starts of one model.
 */
const PER_MINUTE = { address: 1_200, wallet: 1_200, key: 600, model: 240 };
export const WINDOW_SECONDS = 60;

export type LimitState = { policy: string; quota: number; left: number; resetsMs: number };
export type Limit = { name: string; quota: number };

const nameOf = (policy: string, who: string) => `gateway:${policy}:${who}`;
export const addressName = (address: string) => nameOf('address', address);
export const walletName = (userId: string) => nameOf('wallet', userId);
export const modelLimit = (userId: string, modelId: string): Limit => ({ name: nameOf('model', `${userId}:${modelId}`), quota: PER_MINUTE.model });

/** Who was turned away is not asked for again until their minute is over. Of addresses alone: those are known before any query. */
const turnedAway = new Map<string, number>();
const MOST_TURNED_AWAY = 10_000;

/** Throws `rate_limited` for an address that is over its limit, without a query. */
export function checkTurnedAway(address: string, nowMs = Date.now()): void {
  const until = turnedAway.get(addressName(address));
  if (until === undefined) return;
  if (until > nowMs) throw new AppError('rate_limited', { details: { policy: 'address', retryAfterMs: until - nowMs } });
  turnedAway.delete(addressName(address));
}

/** Counts one call under each name; a name that stands there several times counts as often. */
export async function countCall({ pool }: Pick<Database, 'pool'>, names: string[]): Promise<Counted[]> {
  const { rows } = await pool.query<Counted>({
    name: 'gateway_count',
    text: 'SELECT name, points, resets_ms AS "resetsMs" FROM gateway_count($1)',
    values: [names],
  });
  return rows;
}

/** Writes what was counted into `states`, for the answer's headers. Throws `rate_limited` where it was too much. */
export function judge(states: LimitState[], counted: Counted[], quotas: Limit[] = [], nowMs = Date.now()): void {
  for (const { name, points, resetsMs } of counted) {
    const policy = name.split(':')[1] as keyof typeof PER_MINUTE;
    const quota = quotas.find((limit) => limit.name === name)?.quota ?? PER_MINUTE[policy];
    states.push({ policy, quota, left: quota - points, resetsMs });
    if (policy === 'address' && points > quota && turnedAway.size < MOST_TURNED_AWAY) turnedAway.set(name, nowMs + resetsMs);
  }
  const over = states.filter(({ left }) => left < 0).sort((a, b) => b.resetsMs - a.resetsMs)[0];
  if (over) throw new AppError('rate_limited', { details: { policy: over.policy, retryAfterMs: over.resetsMs } });
}

/** How far a pass is in the minute of its tier: its runs are counted by the start itself (`generation_start`). */
export async function tierState({ pool }: Pick<Database, 'pool'>, { passId, perMinute: quota }: { passId: string; perMinute: number }) {
  const { rows } = await pool.query<{ points: number; expire: string }>({
    name: 'tier_state',
    text: 'SELECT points, expire FROM rate_limit WHERE key = $1',
    values: [nameOf('tier', passId)],
  });
  const resetsMs = Math.max(0, Number(rows[0]?.expire ?? 0) - Date.now());
  return { policy: 'tier', quota, left: quota - (resetsMs > 0 ? (rows[0]?.points ?? 0) : 0), resetsMs };
}

/** What a start that was over its tier's limit says of it. */
export function stateOfRefusal(error: unknown): LimitState[] {
  const { policy, quota, retryAfterMs } = (error instanceof AppError && error.code === 'rate_limited' && error.details) || {};
  return policy === 'tier' ? [{ policy, quota: Number(quota), left: 0, resetsMs: Number(retryAfterMs) }] : [];
}

/** The two headers of draft-ietf-httpapi-ratelimit-headers. */
export function limitHeaders(states: LimitState[]): Record<string, string> {
  if (states.length === 0) return {};
  return {
    'ratelimit-policy': states.map(({ policy, quota }) => `"${policy}";q=${quota};w=${WINDOW_SECONDS}`).join(', '),
    ratelimit: states.map(({ policy, left, resetsMs }) => `"${policy}";r=${Math.max(0, left)};t=${Math.ceil(resetsMs / 1000)}`).join(', '),
  };
}
