import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import type { TakeDownInput } from './schema';
import { tellPins } from './tell-pins';

/**
 * Hides the file, previews, text and prompt of a work from everyone. Its page, receipt and token stay, and so does what was made from it, which says
 * so. The row is the record of who and why. A work that is down already stays as it is. Throws `forbidden`, `not_found`, and `conflict` where
 * it is down for another reason.
 */
export async function takeDownWork({ pool }: Database, actor: Actor, { work, reason }: TakeDownInput): Promise<void> {
  requireOperator(actor);
  const isNew = await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `INSERT INTO takedown (id, work_id, reason, taken_down_by) SELECT $1, w.id, $3, $4 FROM work w WHERE w.id = $2
       ON CONFLICT (work_id) WHERE lifted_at IS NULL DO NOTHING`,
      [newId(), work, reason, actor.userId],
    );
    if (rowCount === 1) await tellPins(tx, work);
    return rowCount === 1;
  });
  if (isNew) return;
  const { rows } = await pool.query<{ reason: string }>('SELECT reason FROM takedown WHERE work_id = $1 AND lifted_at IS NULL', [work]);
  if (!rows[0]) throw new AppError('not_found');
  if (rows[0].reason !== reason) throw new AppError('conflict');
}
