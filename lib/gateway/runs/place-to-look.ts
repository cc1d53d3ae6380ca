import { holdOne } from '@/lib/auth/hold-few';

/** Whoever looks at runs until they end asks the database twice a second: so many at once of one caller, and of everyone, in one process. */
const OF_ONE = { events: 20, waits: 50 };
const OF_EVERYONE = 1_000;

/** Returns what to call when nobody looks any more. Throws `rate_limited`: what is to be waited for is started after this. */
export function placeToLook(what: keyof typeof OF_ONE, userId: string): () => void {
  const leave = holdOne(`gateway ${what}`, userId, OF_ONE[what]);
  try {
    const leaveAll = holdOne('gateway looks', 'of everyone', OF_EVERYONE);
    return () => {
      leave();
      leaveAll();
    };
  } catch (error) {
    leave();
    throw error;
  }
}
