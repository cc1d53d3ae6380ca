import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** An operator takes note of an alert; what waits for that goes on. The first to do so is kept; doing it again changes nothing. */
export async function acknowledgeAlert(db: Database, actor: Actor, { id }: { id: string }): Promise<void> {
  requireOperator(actor);
  const { rowCount } = await db.pool.query(
    `UPDATE operator_alert SET acknowledged_at = coalesce(acknowledged_at, now()), acknowledged_by = coalesce(acknowledged_by, $2) WHERE id = $1`,
    [id, actor.userId],
  );
  if (!rowCount) throw new AppError('not_found');
}
