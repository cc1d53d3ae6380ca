import type { PoolClient } from 'pg';
import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { enqueueSending } from './enqueue-sending';
import { lockClaim } from './find-claim';
import { lockPayout } from './payout-row';
import { raiseNeed } from './raise-need';

/**
 * An operator's yes. With as many as the payout needs, each from somebody else and none from its creator, it is approved and its
 * sending is enqueued. Throws `own_payout`, `already_decided`, `creator_blocked`, or `wrong_state` when it does not wait any more.
 */
export async function approvePayout(db: Database, actor: Actor, { id }: { id: string }): Promise<{ state: 'requested' | 'approved' }> {
  requireOperator(actor);
  return inTransaction(db.pool, async (tx) => {
    const payout = await lockPayout(tx, id);
    if (payout.state !== 'requested') throw new AppError('wrong_state');
    if (payout.creatorId === actor.userId) throw new AppError('own_payout');
    if (await lockClaim(tx, payout.creatorId)) throw new AppError('creator_blocked');
    const needed = await raiseNeed(tx, payout, actor.userId);
    if ((await recordApproval(tx, id, actor.userId)) < needed) return { state: 'requested' };
    await tx.query(`UPDATE payout SET state = 'approved', approved_at = now() WHERE id = $1`, [id]);
    await enqueueSending(tx, id);
    return { state: 'approved' };
  });
}

/** Writes the approval. Returns how many there are. */
async function recordApproval(tx: PoolClient, id: string, operatorId: string): Promise<number> {
  const { rowCount } = await tx.query('INSERT INTO payout_approval (payout_id, operator_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    id,
    operatorId,
  ]);
  if (rowCount !== 1) throw new AppError('already_decided');
  const { rows } = await tx.query<{ count: number }>('SELECT count(*)::int AS count FROM payout_approval WHERE payout_id = $1', [id]);
  return rows[0]?.count ?? 0;
}
