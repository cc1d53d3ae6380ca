import type { Database } from '@/lib/db';
import type { Price } from '@/prisma/client/client';
import { loadVersion } from './load-version';
import { coversOf } from './model-covers';
import { priceDto } from './price-terms';
import type { ModelDto } from './schema';

type ModelRow = Pick<ModelDto, 'slug' | 'name' | 'tagline' | 'description' | 'status'> & {
  pausedBecause: string | null;
  creator: { address: string };
};
type VersionRow = { digest: string; number: number; publishedAt: Date | null; prices: Price[] };

const COVERS = 8;

/** The least that an order costs, size and steps aside. */
export const fromPrice = (price: Price | undefined) => ((price?.baseMillicredits ?? 0n) + (price?.perImageMillicredits ?? 0n)).toString();

/** A model with one of its versions, as its page shows it. Null where the version has no price. */
export async function modelDto(db: Database, row: ModelRow, version: VersionRow): Promise<ModelDto | null> {
  const [price] = version.prices;
  if (!price) return null;
  const [{ manifest, chainId, collection, signerAddress }, covers, medianMs] = await Promise.all([
    loadVersion(db, version.digest),
    coversOf(db, [version.digest], COVERS),
    medianRunMs(db, version.digest),
  ]);
  const { kind, signerCustody, reproducibility, licence, trainingData, parameters } = manifest;
  const shown = covers.get(version.digest);
  return {
    slug: row.slug,
    name: row.name,
    tagline: row.tagline,
    description: row.description,
    status: row.status,
    pausedBecause: row.pausedBecause,
    creatorAddress: row.creator.address,
    versionNumber: version.number,
    priceMillicredits: fromPrice(price),
    workCount: shown?.total ?? 0,
    covers: (shown?.covers ?? []).map((cover) => ({ ...cover, alt: `A work made with ${row.name}` })),
    version: {
      digest: version.digest,
      number: version.number,
      publishedAt: version.publishedAt?.toISOString() ?? null,
      ...{ chainId, collection, signerAddress, signerCustody, reproducibility, licence, trainingData },
      kind,
      parameterSchema: parameters,
      price: priceDto(price),
    },
    medianRunMs: medianMs,
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
