import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

const POLL_MS = 500;

/** A run under way: its signal aborts with the AppError that ends it (cancelled, deadline) or with the worker's own stop. */
export type Watch = {
  signal: AbortSignal;
  onProgress: (fraction: number) => void;
  /** Resolves when a webhook has said, since it was asked last, that the endpoint's job has moved on. */
  moved: () => Promise<void>;
  stop: () => void;
};

/**
 * Watches one attempt: writes its progress, and learns in the same statement whether it was cancelled or another attempt took over.
 * A run shorter than the interval costs no statement.
 */
export function watchRun({ pool }: Pick<Database, 'pool'>, run: { id: string; attempt: number; deadlineAt: Date }, workerStop: AbortSignal): Watch {
  const own = new AbortController();
  let percent = 0;
  let movedAt: number | null = null;
  const wake: (() => void)[] = [];
  const poll = async () => {
    const { rows } = await pool.query<{ cancelled: boolean; moved_at: Date | null }>(
      `UPDATE generation SET progress_percent = $3 WHERE id = $1 AND attempt = $2 AND state = 'running'
       RETURNING cancel_requested_at IS NOT NULL AS cancelled, (SELECT max(moved_at) FROM endpoint_call WHERE generation_id = $1) AS moved_at`,
      [run.id, run.attempt, percent],
    );
    if (rows[0]?.cancelled) own.abort(new AppError('run_cancelled'));
    else if (!rows[0]) own.abort(new AppError('wrong_state'));
    const latest = rows[0]?.moved_at?.getTime() ?? null;
    if (latest === movedAt) return;
    movedAt = latest;
    for (const resolve of wake.splice(0)) resolve();
  };
  // A poll that fails is tried again by the next; the database being away must not end a run.
  const timer = setInterval(() => void poll().catch(() => {}), POLL_MS);
  const deadline = setTimeout(() => own.abort(new AppError('run_deadline')), Math.max(0, run.deadlineAt.getTime() - Date.now()));
  return {
    signal: AbortSignal.any([own.signal, workerStop]),
    onProgress: (fraction) => {
      percent = Math.min(99, Math.max(percent, Math.floor(fraction * 100)));
    },
    moved: () => new Promise((resolve) => wake.push(resolve)),
    stop: () => {
      clearInterval(timer);
      clearTimeout(deadline);
    },
  };
}
