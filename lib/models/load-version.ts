import type { Hex } from 'viem';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Manifest, manifestSchema } from '@/lib/protocol/manifest';
import { withControls } from './controls';
import type { PriceTerms } from './price-order';
import { priceTerms } from './price-terms';
import { type ParameterSchema, parameterSchema } from './schema';

/** What never changes about a version. */
export type LoadedVersion = {
  digest: Hex;
  manifest: Omit<Manifest, 'parameters'> & { parameters: ParameterSchema };
  /** The bytes that `digest` is the sha-256 of. */
  manifestText: string;
  modelId: string;
  creatorId: string;
  chainId: number;
  collection: Hex;
  externalBase: string;
  signerKeyId: string | null;
  signerAddress: Hex;
};

const known = new Map<string, LoadedVersion>();

/** A version by its digest, read once a process: versions are immutable. Throws `not_found`. */
export async function loadVersion({ prisma }: Pick<Database, 'prisma'>, digest: string): Promise<LoadedVersion> {
  const kept = known.get(digest);
  if (kept) return kept;
  const row = await prisma.modelVersion.findUnique({ where: { digest }, include: { model: { select: { creatorId: true } } } });
  if (!row) throw new AppError('not_found');
  const manifest = manifestSchema.parse(JSON.parse(row.manifest));
  const loaded: LoadedVersion = {
    digest: row.digest as Hex,
    manifest: { ...manifest, parameters: withControls(parameterSchema.parse(manifest.parameters), row.controls) },
    manifestText: row.manifest,
    modelId: row.modelId,
    creatorId: row.model.creatorId,
    chainId: row.chainId,
    collection: row.collection as Hex,
    externalBase: row.externalBase,
    signerKeyId: row.signerKeyId,
    signerAddress: row.signerAddress as Hex,
  };
  known.set(digest, loaded);
  return loaded;
}

export type Offer = LoadedVersion & {
  deploymentId: string;
  price: PriceTerms & { mintPriceWei: bigint };
  /** Not published: its creator tries it, for nothing and never to be minted. */
  isDraft: boolean;
};

/** A version that takes this person's runs now, with the deployment and the price in force. Throws `model_unavailable` where it does not. */
export async function loadOffer(db: Pick<Database, 'prisma'>, actor: Actor, digest: string): Promise<Offer> {
  const version = await loadVersion(db, digest);
  const now = new Date();
  const row = await db.prisma.modelVersion.findUnique({
    where: { digest },
    select: {
      publishedAt: true,
      model: { select: { status: true } },
      deployments: {
        where: {
          activeFrom: { lte: now },
          AND: [{ OR: [{ activeTo: null }, { activeTo: { gt: now } }] }, { OR: [{ openUntil: null }, { openUntil: { lte: now } }] }],
        },
        orderBy: [{ priority: 'asc' }, { activeFrom: 'desc' }],
        take: 1,
        select: { id: true },
      },
      prices: { where: { activeFrom: { lte: now } }, orderBy: { activeFrom: 'desc' }, take: 1 },
    },
  });
  const [deployment, price] = [row?.deployments[0], row?.prices[0]];
  const isDraft = !row?.publishedAt && version.creatorId === actor.userId && row?.model.status !== 'retired';
  const isOpen = row?.model.status === 'published' && row.publishedAt !== null;
  if (!(isOpen || isDraft) || !deployment || !price) throw new AppError('model_unavailable');
  return { ...version, deploymentId: deployment.id, price: { ...priceTerms(price), mintPriceWei: BigInt(price.mintPriceWei.toFixed(0)) }, isDraft };
}
