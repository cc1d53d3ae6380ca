import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Manifest, manifestSchema } from '@/lib/protocol/manifest';
import { withControls } from './controls';
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
