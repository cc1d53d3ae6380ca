/** How far a webhook's own time may be from ours. */
const TOLERANCE_MS = 300_000;
/** A key that was changed is found by asking again, but whoever sends us forged webhooks cannot make us ask more often than this. */
const ASK_AGAIN_MS = 60_000;
const MOST_KEPT = 1_000;

export type SigningKeys<Key> = (use: {
  /** Whose keys: an address, or an account. */
  of: string;
  nowMs: number;
  ask: () => Promise<Key[]>;
  fits: (key: Key) => boolean;
}) => Promise<boolean>;

/** Keys that providers sign webhooks with, kept in this process for `keepMs`. Says whether one of them fits. */
export function signingKeys<Key>(keepMs: number): SigningKeys<Key> {
  const kept = new Map<string, { keys: Promise<Key[]>; askedAtMs: number }>();
  return async ({ of, nowMs, ask, fits }) => {
    const askNow = () => {
      if (kept.size >= MOST_KEPT) kept.clear();
      // No answer is no key, for as long as an answer without the right one would be.
      const asked = { keys: ask().catch(() => []), askedAtMs: nowMs };
      kept.set(of, asked);
      return asked;
    };
    const known = kept.get(of);
    const fresh = known && nowMs - known.askedAtMs < keepMs ? known : askNow();
    if ((await fresh.keys).some(fits)) return true;
    if (nowMs - fresh.askedAtMs < ASK_AGAIN_MS) return false;
    return (await askNow().keys).some(fits);
  };
}

/** Whether a webhook's time, in seconds, is within five minutes of ours. */
export function isTimely(seconds: string, nowMs: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(Number(seconds) * 1_000 - nowMs) <= TOLERANCE_MS;
}
