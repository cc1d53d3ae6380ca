import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

type Prisma = Pick<Database, 'prisma'>;

/** A version of the actor's own. Throws `not_found`, for somebody else's too. */
export async function ownVersion({ prisma }: Prisma, { userId }: Actor, version: string) {
  const row = await prisma.modelVersion.findFirst({ where: { digest: version, model: { creatorId: userId } }, include: { model: true } });
  if (!row) throw new AppError('not_found');
  return row;
}

/** A deployment of the actor's own. Throws `not_found`, for somebody else's too. */
export async function ownDeployment({ prisma }: Prisma, { userId }: Actor, id: string) {
  const row = await prisma.deployment.findFirst({ where: { id, version: { model: { creatorId: userId } } } });
  if (!row) throw new AppError('not_found');
  return row;
}
