import type { Actor } from '@/lib/actor';
import { requireOperator } from '@/lib/auth/operator';
import { type Database, inTransaction } from '@/lib/db';
import { enqueueRun } from './open-run';

/** An operator wants to know now. Returns the run, which may be one that is under way already. */
export async function requestRun({ pool }: Database, actor: Actor): Promise<{ id: string }> {
  requireOperator(actor);
  return { id: await inTransaction(pool, (tx) => enqueueRun(tx, { trigger: 'operator', requestedBy: actor.userId })) };
}
