import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { tellPins } from './tell-pins';

/** Shows a work again that was taken down; the row says who did both. Throws `forbidden`, and `wrong_state` where it is not down. */
export async function putBackWork({ pool }: Database, actor: Actor, { workId }: { workId: string }): Promise<void> {
  requireOperator(actor);
  await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query('UPDATE takedown SET lifted_by = $2, lifted_at = now() WHERE work_id = $1 AND lifted_at IS NULL', [
      workId,
      actor.userId,
    ]);
    if (rowCount !== 1) throw new AppError('wrong_state');
    await tellPins(tx, workId);
  });
}
