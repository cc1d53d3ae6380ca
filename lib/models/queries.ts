import type { Database } from '@/lib/db';
import type { Price } from '@/prisma/client/client';
import { loadVersion } from './load-version';
import { priceDto } from './price-terms';
import type { ModelCardDto, ModelDto } from './schema';

const cardSelect = {
  slug: true,
  name: true,
  tagline: true,
  description: true,
  status: true,
  createdAt: true,
  creator: { select: { address: true } },
  versions: {
    where: { publishedAt: { not: null } },
    orderBy: { number: 'desc' as const },
    take: 1,
    select: { digest: true, number: true, publishedAt: true, prices: { where: {}, orderBy: { activeFrom: 'desc' as const }, take: 1 } },
  },
};

/** The least that an order costs, size and steps aside. */
const fromPrice = (price: Price | undefined) => ((price?.baseMillicredits ?? 0n) + (price?.perImageMillicredits ?? 0n)).toString();

type CoverRow = { version_digest: string; id: string; preview_small: string; rank: number; total: number };

/** The newest public works of each version, up to `take`, and how many there are. */
async function coversOf(
  { pool }: Database,
  versions: string[],
  take: number,
): Promise<Map<string, { total: number; covers: ModelCardDto['covers'] }>> {
  const { rows } = await pool.query<CoverRow>(
    `SELECT * FROM (
       SELECT w.version_digest, w.id, w.preview_small, row_number() OVER (PARTITION BY w.version_digest ORDER BY w.captured_at DESC)::int AS rank,
              count(*) OVER (PARTITION BY w.version_digest)::int AS total
       FROM work w WHERE w.version_digest = ANY ($1) AND w.preview_small IS NOT NULL
         AND (w.shared_at IS NOT NULL OR EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest))) ranked
     WHERE rank <= $2 ORDER BY rank`,
    [versions, take],
  );
  const found = new Map<string, { total: number; covers: ModelCardDto['covers'] }>();
  for (const row of rows) {
    const entry = found.get(row.version_digest) ?? { total: row.total, covers: [] };
    entry.covers.push({ src: `/media/${row.id}/${row.preview_small}.webp`, alt: '' });
    found.set(row.version_digest, entry);
  }
  return found;
}

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

/** A model's page: the newest published version. Null for what is not published. */
export async function getModel(db: Database, slug: string): Promise<ModelDto | null> {
  const row = await db.prisma.model.findFirst({ where: { slug, status: { in: ['published', 'paused'] } }, select: cardSelect });
  const version = row?.versions[0];
  const price = version?.prices[0];
  if (!row || !version || !price) return null;
  const [{ manifest, chainId, collection, signerAddress }, covers, median] = await Promise.all([
    loadVersion(db, version.digest),
    coversOf(db, [version.digest], 8),
    medianRunMs(db, version.digest),
  ]);
  return {
    slug: row.slug,
    name: row.name,
    tagline: row.tagline,
    description: row.description,
    status: row.status,
    creatorAddress: row.creator.address,
    versionNumber: version.number,
    priceMillicredits: fromPrice(price),
    workCount: covers.get(version.digest)?.total ?? 0,
    covers: (covers.get(version.digest)?.covers ?? []).map((cover) => ({ ...cover, alt: `A work made with ${row.name}` })),
    version: {
      digest: version.digest,
      number: version.number,
      publishedAt: version.publishedAt?.toISOString() ?? null,
      chainId,
      collection,
      signerAddress,
      signerCustody: manifest.signerCustody,
      reproducibility: manifest.reproducibility,
      licence: manifest.licence,
      trainingData: manifest.trainingData,
      parameterSchema: manifest.parameters,
      price: priceDto(price),
    },
    medianRunMs: median,
  };
}

/** Median of start to end over the last 50 captured runs of a version. */
async function medianRunMs({ pool }: Database, version: string): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at) * 1000)::float8 AS ms
     FROM (SELECT ended_at, started_at FROM generation WHERE version_digest = $1 AND state = 'captured' ORDER BY ended_at DESC LIMIT 50) r`,
    [version],
  );
  return rows[0]?.ms == null ? null : Math.round(rows[0].ms);
}
