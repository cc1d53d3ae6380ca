import type { Database } from '@/lib/db';
import { isStorable } from '@/lib/storable-text';
import { coversOf } from './model-covers';
import { fromPrice, modelDto } from './model-dto';
import type { ModelCardDto, ModelDto, ModelVersionDto } from './schema';

const cardSelect = {
  slug: true,
  name: true,
  tagline: true,
  description: true,
  status: true,
  pausedBecause: true,
  createdAt: true,
  creator: { select: { address: true } },
  versions: {
    where: { publishedAt: { not: null } },
    orderBy: { number: 'desc' as const },
    take: 1,
    select: { digest: true, number: true, publishedAt: true, prices: { where: {}, orderBy: { activeFrom: 'desc' as const }, take: 1 } },
  },
};

/** Published models, oldest first. */
export async function listModels(db: Database): Promise<ModelCardDto[]> {
  const rows = await db.prisma.model.findMany({ where: { status: 'published' }, orderBy: { createdAt: 'asc' }, select: cardSelect });
  const covers = await coversOf(
    db,
    rows.flatMap((row) => row.versions.map((v) => v.digest)),
    4,
  );
  return rows.flatMap((row) => {
    const version = row.versions[0];
    if (!version) return [];
    const shown = covers.get(version.digest);
    return [
      {
        slug: row.slug,
        name: row.name,
        tagline: row.tagline,
        creatorAddress: row.creator.address,
        versionNumber: version.number,
        priceMillicredits: fromPrice(version.prices[0]),
        workCount: shown?.total ?? 0,
        covers: (shown?.covers ?? []).map((cover) => ({ ...cover, alt: `A work made with ${row.name}` })),
      },
    ];
  });
}

/** Published models by name alone, oldest first. */
export const listModelNames = ({ prisma }: Pick<Database, 'prisma'>): Promise<{ slug: string; name: string }[]> =>
  prisma.model.findMany({ where: { status: 'published' }, orderBy: { createdAt: 'asc' }, select: { slug: true, name: true } });

/** A model's page: the newest published version. Null for what is not published. */
export async function getModel(db: Database, slug: string): Promise<ModelDto | null> {
  if (!isStorable(slug)) return null;
  const row = await db.prisma.model.findFirst({ where: { slug, status: { in: ['published', 'paused'] } }, select: cardSelect });
  const version = row?.versions[0];
  return row && version ? modelDto(db, row, version) : null;
}

/** The published versions of a model, newest first. */
export async function listVersions({ prisma }: Pick<Database, 'prisma'>, slug: string): Promise<ModelVersionDto[]> {
  const rows = await prisma.modelVersion.findMany({
    where: { model: { slug }, publishedAt: { not: null } },
    orderBy: { number: 'desc' },
    select: { digest: true, number: true, publishedAt: true, changelog: true },
  });
  return rows.map(({ publishedAt, ...row }) => ({ ...row, publishedAt: publishedAt?.toISOString() ?? '' }));
}
