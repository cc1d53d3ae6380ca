import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import type { Loop } from './types';

/**
 * Repeats each loop, never overlapping itself. A failure is logged once, until it changes or the loop works again, and the next turn
 * comes as usual. Returns what stops them all.
 */
export function startLoops(db: Database, loops: Loop[]): () => Promise<void> {
  const stop = new AbortController();
  // Each loop listens while it waits; Node would take more than ten of them for a leak.
  setMaxListeners(loops.length, stop.signal);
  const running = loops.map(async ({ name, everyMs, run }) => {
    let told: string | undefined;
    while (!stop.signal.aborted) {
      try {
        await run(db);
        told = undefined;
      } catch (err) {
        if (String(err) !== told) log.error({ err, loop: name }, 'loop failed; it goes on trying');
        told = String(err);
      }
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {}); // only stopping ends it early
    }
  });
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}
