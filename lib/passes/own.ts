import type { Actor } from '@/lib/actor';
import { chainId } from '@/lib/chain/client';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

type Prisma = Pick<Database, 'prisma'>;

/** The actor's collection of passes on this chain. Throws `not_found`. */
export async function ownCollection({ prisma }: Prisma, { userId }: Actor) {
  const row = await prisma.passCollection.findUnique({ where: { chainId_creatorId: { chainId: await chainId(), creatorId: userId } } });
  if (!row) throw new AppError('not_found');
  return row;
}

/** Throws `not_found` where one of the models is not the actor's. */
export async function assertOwnModels({ prisma }: Prisma, { userId }: Actor, models: string[]): Promise<void> {
  const wanted = new Set(models);
  if (wanted.size === 0) return;
  const found = await prisma.model.count({ where: { id: { in: [...wanted] }, creatorId: userId } });
  if (found !== wanted.size) throw new AppError('not_found');
}

/** The actor's models, as a tier or a rule names them. */
export const listModelChoices = ({ prisma }: Prisma, { userId }: Actor): Promise<{ id: string; slug: string; name: string }[]> =>
  prisma.model.findMany({
    where: { creatorId: userId, status: { not: 'retired' } },
    select: { id: true, slug: true, name: true },
    orderBy: { createdAt: 'asc' },
  });
