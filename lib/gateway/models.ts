import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { loadVersion } from '@/lib/models/load-version';
import { priceDto } from '@/lib/models/price-terms';
import { getModel } from '@/lib/models/queries';

/** What OpenAI’s libraries read of a model. */
const openAiModel = (slug: string, createdAt: Date, creator: string) => ({
  id: slug,
  object: 'model' as const,
  created: Math.floor(createdAt.getTime() / 1000),
  owned_by: creator,
});

/** Models that take runs, oldest first, as OpenAI’s libraries read them and with what they leave out. */
export async function listModelBodies(db: Pick<Database, 'prisma'>) {
  const rows = await db.prisma.model.findMany({
    where: { status: 'published' },
    orderBy: { createdAt: 'asc' },
    select: {
      slug: true,
      name: true,
      tagline: true,
      createdAt: true,
      creator: { select: { address: true } },
      versions: {
        where: { publishedAt: { not: null } },
        orderBy: { number: 'desc' },
        take: 1,
        select: { digest: true, number: true, prices: { where: { activeFrom: { lte: new Date() } }, orderBy: { activeFrom: 'desc' }, take: 1 } },
      },
    },
  });
  const bodies = rows.map(async ({ slug, name, tagline, createdAt, creator, versions: [version] }) => {
    const price = version?.prices[0];
    if (!version || !price) return [];
    const { manifest } = await loadVersion(db, version.digest);
    const more = { name, tagline, kind: manifest.kind, version: version.digest, versionNumber: version.number, price: priceDto(price) };
    return [{ ...openAiModel(slug, createdAt, creator.address), ...more, schema: `/api/v1/models/${slug}/schema` }];
  });
  return { object: 'list' as const, data: (await Promise.all(bodies)).flat() };
}

/** A model with its newest published version: parameters, price, licence, who signs. Throws `not_found`. */
export async function getModelBody(db: Database, slug: string) {
  const model = await getModel(db, slug);
  if (!model) throw new AppError('not_found', { message: `There is no model “${slug}” here.` });
  const { createdAt } = await db.prisma.model.findUniqueOrThrow({ where: { slug }, select: { createdAt: true } });
  const { covers: _, slug: id, ...shown } = model;
  return { ...openAiModel(id, createdAt, model.creatorAddress), ...shown };
}

/** The parameters of a model as a JSON Schema of its own. Throws `not_found`. */
export async function getModelSchema(db: Database, slug: string) {
  const model = await getModel(db, slug);
  if (!model) throw new AppError('not_found', { message: `There is no model “${slug}” here.` });
  const { parameterSchema, digest } = model.version;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:intaglio:version:${digest}`, title: model.name, ...parameterSchema };
}
