import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { addressProblem } from '@/lib/inference/outbound/allowed-address';
import { type CreateWebhookInput, WEBHOOKS_AT_MOST } from './schema';
import { addSecret } from './secrets';

/**
 * Adds an address that is told of its owner's events. The secret that its messages are signed with is given out here and never again.
 * Throws `invalid_input` for an address that we do not call, and `too_many_webhooks`.
 */
export async function createEndpoint(
  { pool }: Pick<Database, 'pool'>,
  { userId }: Pick<Actor, 'userId'>,
  { url, events }: CreateWebhookInput,
): Promise<{ id: string; secret: string }> {
  const problem = addressProblem(url, new Set(env.WEBHOOK_PRIVATE_HOSTS));
  if (problem) throw new AppError('invalid_input', { message: `The address ${problem.replace(/^starts/, 'has to start')}.` });
  const id = newId();
  return inTransaction(pool, async (tx) => {
    // Two at once are counted one after the other.
    await tx.query('SELECT 1 FROM "user" WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const { rows } = await tx.query<{ count: number }>('SELECT count(*)::int AS count FROM webhook_endpoint WHERE user_id = $1', [userId]);
    if ((rows[0]?.count ?? 0) >= WEBHOOKS_AT_MOST) throw new AppError('too_many_webhooks');
    await tx.query('INSERT INTO webhook_endpoint (id, user_id, url, events) VALUES ($1, $2, $3, $4)', [id, userId, url, [...new Set(events)]]);
    await openQueue(tx, id);
    return { id, secret: await addSecret(tx, id) };
  });
}

/**
 * The row of the endpoint's queue. The library makes one with the first job, and until that is committed others who name the queue wait for it:
 * two transactions that tell two new endpoints in opposite order would stop each other.
 */
async function openQueue(tx: PoolClient, id: string): Promise<void> {
  await tx.query(`SELECT graphile_worker.add_job('deliver-webhook', '{}', queue_name => $1, job_key => $1)`, [`webhook ${id}`]);
  await tx.query('SELECT graphile_worker.remove_job($1)', [`webhook ${id}`]);
}
