import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { AppError } from '@/lib/errors';

/**
 * Locks an endpoint of this person: whatever is told meanwhile waits, and sees what becomes of it. Locks are taken in this order everywhere:
 * endpoint, then delivery. Throws `not_found`, also for somebody else's.
 */
export async function holdEndpoint(tx: PoolClient, { userId }: Pick<Actor, 'userId'>, id: string): Promise<{ state: string }> {
  const { rows } = await tx.query<{ state: string }>('SELECT state FROM webhook_endpoint WHERE id = $1 AND user_id = $2 FOR UPDATE', [id, userId]);
  if (!rows[0]) throw new AppError('not_found');
  return rows[0];
}
