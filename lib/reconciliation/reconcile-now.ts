import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, inTransaction } from '@/lib/db';
import { openRun } from './open-run';
import { performRun } from './perform-run';
import { getRun } from './queries';
import type { RunDto } from './schema';

const LOOK_MS = 500;

/** Reconciles in this process, or waits for the run that another process is making. */
export async function reconcileNow(db: Database): Promise<RunDto> {
  const id = await inTransaction(db.pool, (tx) => openRun(tx, { trigger: 'command' }));
  for (;;) {
    await performRun(db, id);
    const run = await getRun(db, id);
    if (run.state === 'done' || run.state === 'failed') return run;
    await sleep(LOOK_MS);
  }
}
