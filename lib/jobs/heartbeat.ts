import { hostname } from 'node:os';
import type { Pool } from 'pg';

export const BEAT_MS = 5_000;
const DEAD_AFTER_SECONDS = 20;

/** Says that a worker pool lives. */
export async function beat(pool: Pool, workerPoolId: string): Promise<void> {
  await pool.query(`INSERT INTO worker_heartbeat (id, host) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`, [
    workerPoolId,
    `${hostname()}:${process.pid}`,
  ]);
}

export async function endHeartbeat(pool: Pool, workerPoolId: string): Promise<void> {
  await pool.query('DELETE FROM worker_heartbeat WHERE id = $1', [workerPoolId]);
}

/**
 * Hands the jobs of dead pools to the living: those whose last beat is too old, and those that hold jobs but never beat at all.
 * The job library would do so after four hours. A zombie that comes back is harmless: its capture names an attempt that has passed.
 * Returns the pools that were unlocked.
 */
export async function reclaimJobs(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH late AS (DELETE FROM worker_heartbeat WHERE heartbeat_at < now() - make_interval(secs => $1) RETURNING id),
     silent AS (SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs
                WHERE locked_at < now() - make_interval(secs => $1) AND locked_by NOT IN (SELECT id FROM worker_heartbeat))
     SELECT id FROM late UNION SELECT id FROM silent`,
    [DEAD_AFTER_SECONDS],
  );
  const dead = rows.map((row) => row.id);
  if (dead.length > 0) await pool.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [dead]);
  return dead;
}
