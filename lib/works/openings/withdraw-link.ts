import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** Closes a link that was not opened yet. Again is the same. Throws `not_found` (also for somebody else's), and `wrong_state` once it was opened. */
export async function withdrawLink({ pool }: Database, actor: Actor, { id }: { id: string }): Promise<void> {
  const { rowCount } = await pool.query(
    'UPDATE opening_link SET withdrawn_at = coalesce(withdrawn_at, now()) WHERE id = $1 AND made_by = $2 AND opened_at IS NULL',
    [id, actor.userId],
  );
  if (rowCount === 1) return;
  const { rows } = await pool.query('SELECT 1 FROM opening_link WHERE id = $1 AND made_by = $2', [id, actor.userId]);
  throw new AppError(rows.length > 0 ? 'wrong_state' : 'not_found');
}
