import type { Pool, PoolClient } from 'pg';

/** The job that sends a payout: one at a time, because the key replaces a job that waits. */
export async function enqueueSending(sql: Pool | PoolClient, id: string): Promise<void> {
  await sql.query(`SELECT graphile_worker.add_job('send-payout', json_build_object('id', $1::uuid), job_key := 'payout:' || $1::text)`, [id]);
}

const LOST_AFTER_SECONDS = 60;

/**
 * Enqueues anew what should be on its way and has no job that would still run: one that used up its attempts, or was lost. What the
 * chain's sender has taken is not ours to send. Returns how many.
 */
export async function enqueueForgotten({ pool }: { pool: Pool }): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT p.id FROM payout p
      WHERE p.state IN ('approved', 'sending') AND coalesce(p.sending_at, p.approved_at) < now() - make_interval(secs => $1)
        AND NOT EXISTS (SELECT 1 FROM chain_transaction c WHERE c.purpose = 'payout' AND c.ref = p.id)
        AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'payout:' || p.id AND j.attempts < j.max_attempts)`,
    [LOST_AFTER_SECONDS],
  );
  for (const { id } of rows) await enqueueSending(pool, id);
  return rows.length;
}
