import type { Actor } from '@/lib/actor';
import { type Database, inTransaction } from '@/lib/db';
import { holdEndpoint } from './hold-endpoint';
import { addSecret } from './secrets';

/** How long messages carry the former secret's signature, too. */
export const BOTH_SECRETS_HOURS = 24;

/** A new secret for an endpoint; the former one goes on for a day beside it, one older ends now. Throws `not_found`. */
export async function rotateSecret(
  { pool }: Pick<Database, 'pool'>,
  actor: Pick<Actor, 'userId'>,
  { id }: { id: string },
): Promise<{ secret: string }> {
  return inTransaction(pool, async (tx) => {
    await holdEndpoint(tx, actor, id);
    await tx.query('DELETE FROM webhook_secret WHERE endpoint_id = $1 AND ends_at IS NOT NULL', [id]);
    await tx.query('UPDATE webhook_secret SET ends_at = now() + make_interval(hours => $2) WHERE endpoint_id = $1', [id, BOTH_SECRETS_HOURS]);
    return { secret: await addSecret(tx, id) };
  });
}
