import type { Database } from '@/lib/db';
import { enqueueEvent } from './receive-event';

/**
 * Enqueues anew what was received and never handled, and has no job that would still run: one that used up its attempts, or was lost.
 * Returns how many.
 */
export async function enqueueUnhandled({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT e.id FROM stripe_event e
      WHERE e.handled_at IS NULL AND e.received_at < now() - interval '5 minutes'
        AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j WHERE j.key = 'stripe-event:' || e.id AND j.attempts < j.max_attempts)
      ORDER BY e.received_at LIMIT 100`,
  );
  for (const { id } of rows) await enqueueEvent(pool, id);
  return rows.length;
}
