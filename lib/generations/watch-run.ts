import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

const POLL_MS = 500;

/** A run under way: its signal aborts with the AppError that ends it (cancelled, deadline) or with the worker's own stop. */
export type Watch = { signal: AbortSignal; onProgress: (fraction: number) => void; stop: () => void };

/**
 * Watches one attempt: writes its progress, and learns in the same statement whether it was cancelled or another attempt took over.
 * A run shorter than the interval costs no statement.
 */
export function watchRun({ pool }: Pick<Database, 'pool'>, run: { id: string; attempt: number; deadlineAt: Date }, workerStop: AbortSignal): Watch {
  const own = new AbortController();
  let percent = 0;
  const poll = async () => {
    const { rows } = await pool.query<{ cancelled: boolean }>(
      `UPDATE generation SET progress_percent = $3 WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING cancel_requested_at IS NOT NULL AS cancelled`,
      [run.id, run.attempt, percent],
    );
    if (rows[0]?.cancelled) own.abort(new AppError('run_cancelled'));
    else if (!rows[0]) own.abort(new AppError('wrong_state'));
  };
  // A poll that fails is tried again by the next; the database being away must not end a run.
  const timer = setInterval(() => void poll().catch(() => {}), POLL_MS);
  const deadline = setTimeout(() => own.abort(new AppError('run_deadline')), Math.max(0, run.deadlineAt.getTime() - Date.now()));
  return {
    signal: AbortSignal.any([own.signal, workerStop]),
    onProgress: (fraction) => {
      percent = Math.min(99, Math.max(percent, Math.floor(fraction * 100)));
    },
    stop: () => {
      clearInterval(timer);
      clearTimeout(deadline);
    },
  };
}
