import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';

const POLL_MS = 500;

/** A run under way: its signal aborts with the AppError that ends it (cancelled, deadline) or with the worker's own stop. */
export type Watch = {
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
  /** Resolves when a webhook has said, since it was asked last, that the endpoint's job has moved on. */
  moved: () => Promise<void>;
  stop: () => void;
};
export type WatchRun = (run: { id: string; attempt: number; deadlineAt: Date }, workerStop: AbortSignal) => Watch;

type Watched = { id: string; attempt: number; percent: number; movedAt: number | null; wake: (() => void)[]; own: AbortController };
type Seen = { id: string; attempt: number; cancelled: boolean; moved_at: Date | null };

// Rows that others have locked are left for the next poll: this statement waits for nobody, so it can't be part of a deadlock.
const lookAt = `WITH given AS (SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::smallint[]) n(id, attempt, percent)),
  free AS (SELECT g.id, n.percent FROM given n JOIN generation g ON g.id = n.id AND g.attempt = n.attempt AND g.state = 'running'
            WHERE g.progress_percent <> n.percent FOR NO KEY UPDATE OF g SKIP LOCKED),
  written AS (UPDATE generation g SET progress_percent = f.percent FROM free f WHERE g.id = f.id)
  SELECT n.id, n.attempt, g.cancel_requested_at IS NOT NULL AS cancelled, (SELECT max(moved_at) FROM endpoint_call c WHERE c.generation_id = n.id) AS moved_at
    FROM given n JOIN generation g ON g.id = n.id AND g.attempt = n.attempt AND g.state = 'running'`;

/**
 * Watches the attempts of one process, all with one statement every half second: writes what progress they made, and learns which were
 * cancelled, were taken over by another attempt, or moved on at their endpoint.
 */
export function createRunWatcher({ pool }: Pick<Database, 'pool'>): WatchRun {
  const watched = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  async function look(): Promise<void> {
    const runs = [...watched];
    const { rows } = await pool.query<Seen>({
      name: 'generations_look_at',
      text: lookAt,
      values: [runs.map(({ id }) => id), runs.map(({ attempt }) => attempt), runs.map(({ percent }) => percent)],
    });
    const seen = new Map(rows.map((row) => [`${row.id} ${row.attempt}`, row]));
    for (const run of runs) tell(run, seen.get(`${run.id} ${run.attempt}`));
  }

  const poll = () => {
    if (isLooking) return;
    isLooking = true;
    look()
      // The next poll tries again; the database being away must not end a run.
      .catch((err: unknown) => log.warn({ err, runs: watched.size }, 'runs could not be looked at'))
      .finally(() => {
        isLooking = false;
      });
  };

  return ({ id, attempt, deadlineAt }, workerStop) => {
    const run: Watched = { id, attempt, percent: 0, movedAt: null, wake: [], own: new AbortController() };
    watched.add(run);
    timer ??= setInterval(poll, POLL_MS);
    const deadline = setTimeout(() => run.own.abort(new AppError('run_deadline')), Math.max(0, deadlineAt.getTime() - Date.now()));
    return {
      signal: AbortSignal.any([run.own.signal, workerStop]),
      onProgress: (fraction) => {
        run.percent = Math.min(99, Math.max(run.percent, Math.floor(fraction * 100)));
      },
      moved: () => new Promise((resolve) => run.wake.push(resolve)),
      stop: () => {
        clearTimeout(deadline);
        watched.delete(run);
        if (watched.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      },
    };
  };
}

function tell(run: Watched, seen: Seen | undefined): void {
  if (!seen) run.own.abort(new AppError('wrong_state'));
  else if (seen.cancelled) run.own.abort(new AppError('run_cancelled'));
  const movedAt = seen?.moved_at?.getTime() ?? null;
  if (movedAt === run.movedAt) return;
  run.movedAt = movedAt;
  for (const resolve of run.wake.splice(0)) resolve();
}
