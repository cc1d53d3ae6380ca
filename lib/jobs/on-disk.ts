import type pg from 'pg';
import { type Batcher, createBatcher } from './batcher';

const MAX_BATCH = 1_000;
const flushes = new WeakMap<pg.Pool, Batcher<void, undefined>>();

/**
 * Resolves when all that was committed before is on disk. A commit that has notified, as every one does that enqueues a job, holds a lock on the
 * whole server until it is on disk, so that only one goes through at a time: nine tenths of what two hundred runs a second waited for. The hot
 * ones therefore commit without waiting, and who made them waits here, together with all others: a crash before it takes back what nobody was told.
 */
export function onDisk(pool: pg.Pool): Promise<undefined> {
  let flush = flushes.get(pool);
  if (!flush) {
    flush = createBatcher(
      async (calls) => {
        // The commit of anything at all takes the log before it along.
        await pool.query({ name: 'on_disk', text: `SELECT pg_logical_emit_message(true, 'intaglio', '')` });
        return calls.map(() => undefined);
      },
      { maxItems: MAX_BATCH },
    );
    flushes.set(pool, flush);
  }
  return flush();
}
