import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { endPayout } from './end-payout';
import { lockPayout } from './payout-row';
import type { RejectPayoutInput } from './schema';

/** The creator takes a request back while nobody has decided on it. Its credits are available again. */
export async function cancelPayout(db: Database, actor: Actor, { id }: { id: string }): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    const payout = await lockPayout(tx, id);
    if (payout.creatorId !== actor.userId) throw new AppError('not_found');
    if (payout.state !== 'requested') throw new AppError('wrong_state');
    await endPayout(tx, payout, { state: 'cancelled', error: 'Taken back by the creator' });
  });
}

/** An operator's no, with the reason that the creator reads; also after an approval, as long as nothing is being sent. */
export async function rejectPayout(db: Database, actor: Actor, { id, reason }: RejectPayoutInput): Promise<void> {
  requireOperator(actor);
  await inTransaction(db.pool, async (tx) => {
    const payout = await lockPayout(tx, id);
    if (payout.creatorId === actor.userId) throw new AppError('own_payout');
    if (payout.state !== 'requested' && payout.state !== 'approved') throw new AppError('wrong_state');
    await endPayout(tx, payout, { state: 'cancelled', error: reason });
  });
}
