import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { pictureParameter } from '@/lib/models/input-parameter';
import { getModel } from '@/lib/models/queries';
import { listPassesOf } from '@/lib/passes/queries';
import type { ExampleModelDto } from './schema';

const published = { status: 'published', versions: { some: { publishedAt: { not: null } } } } as const;

/** The model for the examples of whoever reads: the one they ask for, else one that their newest pass opens, else the first there is. Null: there is none. */
export async function exampleModel(db: Database, actor: Actor | null, asked: string | undefined): Promise<ExampleModelDto | null> {
  const slug = (asked && (await isThere(db, asked)) ? asked : null) ?? (actor && (await ofNewestPass(db, actor))) ?? (await first(db));
  const model = slug ? await getModel(db, slug) : null;
  return (
    model && { slug: model.slug, name: model.name, kind: model.version.kind, picture: pictureParameter(model.version.parameterSchema)?.name ?? null }
  );
}

const isThere = async ({ prisma }: Database, slug: string) => (await prisma.model.count({ where: { slug, ...published } })) > 0;
const first = async ({ prisma }: Database) =>
  (await prisma.model.findFirst({ where: published, orderBy: { createdAt: 'asc' }, select: { slug: true } }))?.slug ?? null;

/** Of the pass by the index: an example opens nothing. */
async function ofNewestPass(db: Database, { address }: Actor): Promise<string | null> {
  const held = (await listPassesOf(db, address)).filter(({ expiresAt }) => expiresAt === null || new Date(expiresAt) > new Date());
  const [newest] = held.sort((a, b) => b.boughtAt.localeCompare(a.boughtAt));
  if (!newest) return null;
  const { models } = newest.tier.terms;
  const passes = await db.prisma.passToken.findUnique({
    where: { id: newest.passId },
    select: { tier: { select: { passes: { select: { creatorId: true } } } } },
  });
  const model = await db.prisma.model.findFirst({
    where: { ...published, creatorId: passes?.tier.passes.creatorId, ...(models.length > 0 && { id: { in: models } }) },
    orderBy: { createdAt: 'desc' },
    select: { slug: true },
  });
  return model?.slug ?? null;
}
