import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { modelDto } from './model-dto';
import type { ModelDto } from './schema';

/** A version of the actor's own that is not published, to be tried. Null for anything else, somebody else's draft included. */
export async function getDraft(db: Database, { userId }: Actor, slug: string, digest: string): Promise<ModelDto | null> {
  const version = await db.prisma.modelVersion.findFirst({
    where: { digest, publishedAt: null, model: { slug, creatorId: userId } },
    include: { prices: { orderBy: { activeFrom: 'desc' }, take: 1 }, model: { include: { creator: { select: { address: true } } } } },
  });
  return version && modelDto(db, version.model, version);
}
