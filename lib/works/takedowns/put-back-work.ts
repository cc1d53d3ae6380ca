import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** Shows a work again that was taken down; the row says who did both. Throws `forbidden`, and `wrong_state` where it is not down. */
export async function putBackWork({ pool }: Database, actor: Actor, { workId }: { workId: string }): Promise<void> {
  requireOperator(actor);
  const { rowCount } = await pool.query('UPDATE takedown SET lifted_by = $2, lifted_at = now() WHERE work_id = $1 AND lifted_at IS NULL', [
    workId,
    actor.userId,
  ]);
  if (rowCount !== 1) throw new AppError('wrong_state');
}
