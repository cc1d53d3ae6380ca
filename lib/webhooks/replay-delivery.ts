import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { holdEndpoint } from './hold-endpoint';

/**
 * Sends a message again, now, and if need be by the whole schedule: the same id and the same bytes, so that a receiver knows it. Throws
 * `not_found`, and `wrong_state` while its endpoint is paused or stopped.
 */
export async function replayDelivery({ pool }: Pick<Database, 'pool'>, actor: Pick<Actor, 'userId'>, { id }: { id: string }): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ endpoint_id: string }>('SELECT endpoint_id FROM webhook_delivery WHERE id = $1', [id]);
    if (!rows[0]) throw new AppError('not_found');
    const { state } = await holdEndpoint(tx, actor, rows[0].endpoint_id);
    if (state !== 'active') throw new AppError('wrong_state', { message: 'This address is paused. Let it go on first.' });
    await tx.query('SELECT webhook_send_at($1, $2, 0, now())', [id, rows[0].endpoint_id]);
  });
}
