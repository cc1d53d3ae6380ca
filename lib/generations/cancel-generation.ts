import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { endGeneration } from './end-generation';

/**
 * Cancels a run. One that waits ends at once; a running one is asked to stop, which is best effort: what was delivered is captured.
 * Throws `not_found` (also for somebody else's) or `wrong_state` once it has ended.
 */
export async function cancelGeneration(db: Database, actor: Actor, { id }: { id: string }): Promise<{ cancelled: boolean }> {
  const run = await db.prisma.generation.findFirst({ where: { id, userId: actor.userId }, select: { state: true } });
  if (!run) throw new AppError('not_found');
  if (await endGeneration(db, { id, attempt: null, from: ['held'], state: 'cancelled', error: 'run_cancelled' })) return { cancelled: true };
  const { count } = await db.prisma.generation.updateMany({ where: { id, state: 'running' }, data: { cancelRequestedAt: new Date() } });
  if (count === 0) throw new AppError('wrong_state');
  return { cancelled: false };
}
