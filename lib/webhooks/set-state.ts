import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { holdEndpoint } from './hold-endpoint';
import type { SetWebhookStateInput } from './schema';

/** Pauses an endpoint, or lets it go on (also one that we stopped): what waited meanwhile is sent then. Throws `not_found`. */
export async function setState({ pool }: Pick<Database, 'pool'>, actor: Pick<Actor, 'userId'>, { id, state }: SetWebhookStateInput): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await holdEndpoint(tx, actor, id);
    await tx.query('UPDATE webhook_endpoint SET state = $2::webhook_endpoint_state, disabled_why = NULL WHERE id = $1', [id, state]);
    if (state === 'paused') return;
    await tx.query(
      `SELECT webhook_send_at(id, endpoint_id, tries, now()) FROM (
         SELECT * FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'held' ORDER BY created_at FOR NO KEY UPDATE) held`,
      [id],
    );
  });
}
