import type { Database } from '@/lib/db';
import type { Caller } from '../doors/door';

/** Whether what a caller was let in with still opens the gateway, for what is told over a long time. Other doors than the keys' are for one request. */
export async function isKeyOpen({ pool }: Pick<Database, 'pool'>, { actor }: Pick<Caller, 'actor'>): Promise<boolean> {
  if (!actor.apiKeyId) return true;
  const { rowCount } = await pool.query({
    name: 'key_is_open',
    text: 'SELECT 1 FROM api_key WHERE id = $1 AND revoked_at IS NULL AND coalesce(expires_at > now(), true)',
    values: [actor.apiKeyId],
  });
  return rowCount === 1;
}
