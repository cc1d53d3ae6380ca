import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

type Prisma = Pick<Database, 'prisma'>;

/** A model of the actor's own. Throws `not_found`, for somebody else's too. */
export async function ownModel({ prisma }: Prisma, { userId }: Actor, slug: string): Promise<{ id: string }> {
  const model = await prisma.model.findFirst({ where: { slug, creatorId: userId }, select: { id: true } });
  if (!model) throw new AppError('not_found');
  return model;
}

/** Somebody who ran this model. Throws `not_found`: whom else a creator may name is nobody's business. */
export async function runnerOf({ prisma }: Prisma, { id }: { id: string }, address: string): Promise<{ id: string }> {
  const user = await prisma.user.findUnique({ where: { address }, select: { id: true } });
  const ran = user && (await prisma.generation.findFirst({ where: { userId: user.id, version: { modelId: id } }, select: { id: true } }));
  if (!user || !ran) throw new AppError('not_found', { message: 'No wallet with this address has run this model.' });
  return user;
}
