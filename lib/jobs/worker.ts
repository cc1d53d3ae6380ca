import { EventEmitter } from 'node:events';
import { Logger, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '@/lib/db';
import { log } from '@/lib/log';
import { BEAT_MS, beat, endHeartbeat, reclaimJobs } from './heartbeat';
import { startLoops } from './loops';
import type { Loop, Task } from './types';

export type Worker = { stop: () => Promise<void> };

const logger = new Logger((scope) => (level, message, meta) => {
  // The library is talkative at info: a line for each job.
  log[level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug']({ ...meta, label: scope.label }, message);
});

function taskList(db: Database, tasks: Record<string, Task>): TaskList {
  const entries = Object.entries(tasks).map(([name, task]) => [
    name,
    (payload: unknown, helpers: { abortSignal: AbortSignal; job: { attempts: number; max_attempts: number } }) =>
      task(payload, { db, signal: helpers.abortSignal, attempt: helpers.job.attempts, maxAttempts: helpers.job.max_attempts }),
  ]);
  return Object.fromEntries(entries);
}

/**
 * Starts a worker process's share of the work: tasks from the queue, loops, and its heartbeat.
 * Completions that arrive within a few milliseconds are written together; `localQueue` jobs are fetched ahead.
 */
export async function startWorker(
  db: Database,
  { tasks, loops, concurrency, localQueue }: { tasks: Record<string, Task>; loops: Loop[]; concurrency: number; localQueue?: number },
): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter();
  const pools: string[] = [];
  events.on('pool:create', ({ workerPool }) => pools.push(workerPool.id));
  const runner = await run({
    pgPool: db.pool,
    taskList: taskList(db, tasks),
    events,
    logger,
    noHandleSignals: true,
    preset: {
      worker: {
        concurrentJobs: concurrency,
        pollInterval: 1_000,
        completeJobBatchDelay: 2,
        failJobBatchDelay: 2,
        gracefulShutdownAbortTimeout: 3_000,
        ...(localQueue && { localQueue: { size: localQueue } }),
      },
    },
  });
  // The library's pool ends for good when it cannot write what was completed. A process that only beat would keep its jobs from all others: it ends.
  let isStopping = false;
  const ended = (err?: unknown) => {
    if (isStopping) return;
    log.fatal({ err }, 'the job queue of this process has ended: so does the process');
    process.exit(1);
  };
  runner.promise.then(() => ended(), ended);
  const heartbeat: Loop = {
    name: 'heartbeat',
    everyMs: BEAT_MS,
    run: async ({ pool }) => {
      await Promise.all(pools.map((id) => beat(pool, id)));
      const dead = await reclaimJobs(pool);
      if (dead.length > 0) log.warn({ dead }, 'took over the jobs of dead workers');
    },
  };
  const stopLoops = startLoops(db, [heartbeat, ...loops]);
  return {
    stop: async () => {
      isStopping = true;
      await stopLoops();
      await runner.stop();
      await Promise.all(pools.map((id) => endHeartbeat(db.pool, id)));
    },
  };
}
