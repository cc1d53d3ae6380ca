import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { withControls } from '@/lib/models/controls';
import { priceDto } from '@/lib/models/price-terms';
import { parameterSchema } from '@/lib/models/schema';
import { manifestSchema } from '@/lib/protocol/manifest';
import type { Prisma } from '@/prisma/client/client';
import { readHealth } from './read-health';
import type { DeploymentDto, NoticeDto, StudioModelCardDto, StudioModelDto, StudioVersionDto } from './schema';

const NOTICES_SHOWN = 20;

const versionInclude = {
  prices: { where: {}, orderBy: { activeFrom: 'desc' }, take: 1 },
  deployments: { orderBy: [{ priority: 'asc' }, { activeFrom: 'desc' }], include: { secret: { select: { deploymentId: true } } } },
} as const satisfies Prisma.ModelVersionInclude;
type VersionRow = Prisma.ModelVersionGetPayload<{ include: typeof versionInclude }>;

/** The actor's models, newest first. */
export async function listOwnModels({ prisma }: Database, { userId }: Actor): Promise<StudioModelCardDto[]> {
  const rows = await prisma.model.findMany({
    where: { creatorId: userId },
    orderBy: { createdAt: 'desc' },
    include: {
      versions: { orderBy: { number: 'desc' }, select: { digest: true, number: true, deployments: { take: 1, orderBy: { priority: 'asc' } } } },
    },
  });
  const counts = await prisma.generation.groupBy({
    by: ['creatorId', 'versionDigest'],
    where: { creatorId: userId, state: 'captured' },
    _count: true,
  });
  const runsOf = new Map(counts.map(({ versionDigest, _count }) => [versionDigest, _count]));
  return rows.map(({ slug, name, status, versions }) => ({
    slug,
    name,
    status,
    versionNumber: versions[0]?.number ?? 0,
    provider: versions[0]?.deployments[0]?.provider ?? '',
    runs: versions.reduce((sum, { digest }) => sum + (runsOf.get(digest) ?? 0), 0),
  }));
}

/** One of the actor's models with everything about it, secrets aside. Null for somebody else's. */
export async function getOwnModel(db: Database, { userId }: Actor, slug: string): Promise<StudioModelDto | null> {
  const row = await db.prisma.model.findFirst({
    where: { slug, creatorId: userId },
    include: { versions: { orderBy: { number: 'desc' }, include: versionInclude } },
  });
  if (!row) return null;
  const { name, tagline, description, status, pausedBecause } = row;
  const health = await readHealth(
    db,
    row.versions.flatMap(({ deployments }) => deployments.map(({ id }) => id)),
  );
  return { slug, name, tagline, description, status, pausedBecause, versions: row.versions.map((version) => versionDto(version, health)) };
}

type Health = Awaited<ReturnType<typeof readHealth>>;

function versionDto(row: VersionRow, health: Health): StudioVersionDto {
  const manifest = manifestSchema.parse(JSON.parse(row.manifest));
  const { kind, licence, reproducibility, signerCustody, seedKind, weights, upstreamLicences, trainingData, derivativeShareBps } = manifest;
  const [price] = row.prices;
  return {
    digest: row.digest,
    number: row.number,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    changelog: row.changelog,
    kind,
    licence,
    reproducibility,
    signerCustody,
    ...{ seedKind, weights, upstreamLicences, trainingData, derivativeShareBps },
    signerAddress: row.signerAddress,
    parameters: withControls(parameterSchema.parse(manifest.parameters), row.controls),
    price: price ? priceDto(price) : null,
    deployments: row.deployments.map((deployment) => deploymentDto(deployment, health)),
  };
}

function deploymentDto(row: VersionRow['deployments'][number], health: Health): DeploymentDto {
  const { id, provider, reference, url, options, mustReport, maxRunning, failures, openUntil, activeTo, secret } = row;
  const found = health.get(id) ?? { lastCheck: null, uptimePercent: null, p50Ms: null };
  return {
    id,
    provider,
    reference,
    url,
    options: options as Record<string, unknown>,
    mustReport,
    hasSecret: secret !== null,
    maxRunning,
    failures,
    openUntil: openUntil && openUntil > new Date() ? openUntil.toISOString() : null,
    retiredAt: activeTo?.toISOString() ?? null,
    ...found,
  };
}

/** What the actor has to know of their models, newest first. */
export async function listNotices({ prisma }: Database, { userId }: Actor): Promise<NoticeDto[]> {
  const rows = await prisma.creatorNotice.findMany({
    where: { creatorId: userId, seenAt: null },
    orderBy: { createdAt: 'desc' },
    take: NOTICES_SHOWN,
    include: { model: { select: { slug: true } } },
  });
  return rows.map(({ id, kind, text, createdAt, model }) => ({ id, kind, text, at: createdAt.toISOString(), modelSlug: model?.slug ?? null }));
}

/** The actor has read a notice. Somebody else's stays as it is. */
export async function seeNotice({ prisma }: Database, { userId }: Actor, { id }: { id: string }): Promise<void> {
  await prisma.creatorNotice.updateMany({ where: { id, creatorId: userId, seenAt: null }, data: { seenAt: new Date() } });
}
