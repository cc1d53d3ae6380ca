import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** Removes an endpoint with its secrets and its log; what was on its way to it is not sent. Throws `not_found`. */
export async function removeEndpoint({ pool }: Pick<Database, 'pool'>, { userId }: Pick<Actor, 'userId'>, { id }: { id: string }): Promise<void> {
  const { rowCount } = await pool.query('DELETE FROM webhook_endpoint WHERE id = $1 AND user_id = $2', [id, userId]);
  if (rowCount !== 1) throw new AppError('not_found');
}
