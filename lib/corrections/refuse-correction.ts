import 'server-only';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { lockProposal, refuseOwner } from './correction-row';
import type { RefuseCorrectionInput } from './schema';

/** An operator's no to a proposal, their own included. Nothing has moved. */
export async function refuseCorrection(db: Pick<Database, 'pool'>, actor: Actor, { id, because }: RefuseCorrectionInput): Promise<void> {
  requireOperator(actor);
  await inTransaction(db.pool, async (tx) => {
    const { debit, credit } = await lockProposal(tx, id);
    await refuseOwner(tx, actor, [debit, credit]);
    await tx.query(`UPDATE correction SET state = 'refused', decided_by = $2, decided_at = now(), refused_because = $3 WHERE id = $1`, [
      id,
      actor.userId,
      because,
    ]);
  });
}
