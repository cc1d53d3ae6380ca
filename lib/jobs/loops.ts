import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import type { Loop } from './types';

/** Repeats each loop, never overlapping itself; a failure is logged and the next turn comes as usual. Returns what stops them all. */
export function startLoops(db: Database, loops: Loop[]): () => Promise<void> {
  const stop = new AbortController();
  const running = loops.map(async ({ name, everyMs, run }) => {
    while (!stop.signal.aborted) {
      await run(db).catch((err) => log.error({ err, loop: name }, 'loop failed'));
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {}); // only stopping ends it early
    }
  });
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}
