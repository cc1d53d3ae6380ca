import type { SessionActor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** Ends a key at once: nothing keeps keys in memory. Safe to repeat. Throws `not_found`, also for somebody else’s. */
export async function revokeKey({ prisma }: Pick<Database, 'prisma'>, { userId }: SessionActor, { id }: { id: string }): Promise<{ revoked: true }> {
  const { count } = await prisma.apiKey.updateMany({ where: { id, userId, revokedAt: null }, data: { revokedAt: new Date() } });
  if (count === 0 && !(await prisma.apiKey.findFirst({ where: { id, userId }, select: { id: true } }))) throw new AppError('not_found');
  return { revoked: true };
}
