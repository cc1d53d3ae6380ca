import 'server-only';
import type { Pool, PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import type { VerifiedEvent } from './verify-webhook';

export const STRIPE_EVENT_TASK = 'stripe-event';

/** Keeps an event and the job that will look at it, in one transaction; one that is known already changes nothing. Returns whether it was new. */
export async function receiveEvent({ pool }: Pick<Database, 'pool'>, { event, payload }: VerifiedEvent): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      'INSERT INTO stripe_event (id, type, object_id, account_id, payload) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING',
      [event.id, event.type, event.objectId, event.accountId, payload],
    );
    if (rowCount !== 1) return false;
    await enqueueEvent(tx, event.id);
    return true;
  });
}

/** The job that looks at an event: one at a time, because the key replaces a job that waits. */
export async function enqueueEvent(sql: Pool | PoolClient, eventId: string): Promise<void> {
  await sql.query(
    `SELECT graphile_worker.add_job($1, json_build_object('eventId', $2::text), max_attempts => 25, job_key => 'stripe-event:' || $2::text)`,
    [STRIPE_EVENT_TASK, eventId],
  );
}
