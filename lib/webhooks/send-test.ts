import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { holdEndpoint } from './hold-endpoint';
import { TEST_EVENT } from './schema';

/** Sends a message that says nothing, to see that it arrives. Throws `not_found`, and `wrong_state` while the endpoint is paused or stopped. */
export async function sendTest(
  { pool }: Pick<Database, 'pool'>,
  actor: Pick<Actor, 'userId'>,
  { id }: { id: string },
): Promise<{ deliveryId: string }> {
  const [eventId, deliveryId] = [newId(), newId()];
  const body = JSON.stringify({ type: TEST_EVENT, timestamp: new Date().toISOString(), data: {} });
  await inTransaction(pool, async (tx) => {
    const { state } = await holdEndpoint(tx, actor, id);
    if (state !== 'active') throw new AppError('wrong_state', { message: 'This address is paused. Let it go on first.' });
    await tx.query('INSERT INTO webhook_event (id, user_id, type, body) VALUES ($1, $2, $3, $4)', [eventId, actor.userId, TEST_EVENT, body]);
    await tx.query(`INSERT INTO webhook_delivery (id, event_id, endpoint_id, state) VALUES ($1, $2, $3, 'held')`, [deliveryId, eventId, id]);
    await tx.query('SELECT webhook_send_at($1, $2, 0, now())', [deliveryId, id]);
  });
  return { deliveryId };
}
