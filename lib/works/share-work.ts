import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** Puts a work in the public gallery, or takes it out. Throws `not_found` (also for somebody else's) and `not_sealed`. */
export async function shareWork({ prisma }: Database, actor: Actor, { id, shared }: { id: string; shared: boolean }): Promise<{ shared: boolean }> {
  const work = await prisma.work.findFirst({ where: { id, ownerId: actor.userId }, select: { sealedAt: true } });
  if (!work) throw new AppError('not_found');
  if (!work.sealedAt) throw new AppError('not_sealed');
  await prisma.work.update({ where: { id }, data: { sharedAt: shared ? new Date() : null } });
  return { shared };
}
