import { type Hex, keccak256, stringToBytes } from 'viem';
import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import { publicClient, chainId as readChainId } from '@/lib/chain/client';
import { predictCollection } from '@/lib/chain/deploy/create-collection';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { splitControls } from '@/lib/models/controls';
import { licenceConflicts } from '@/lib/models/licences';
import { registerVersion } from '@/lib/models/register-version';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import { checkClaims } from './check-claims';
import { checkDeployment } from './check-deployment';
import { newDeployment } from './new-deployment';
import { priceData } from './price-data';
import type { versionInput } from './schema';
import { slugFor } from './slug-for';

type Input = z.output<typeof versionInput>;

/** One collection a creator: its address follows from theirs, this and the base. */
export const COLLECTION_SALT = keccak256(stringToBytes('intaglio creator'));

/**
 * Registers a version as a draft: a new model, or the next of one's own. Its manifest never changes afterwards. Throws `invalid_input` (a
 * field, the deployment's settings), `licence_conflict`, `not_found` (somebody else's model), `conflict` (the same manifest is registered, or somebody has taken the model's address just now).
 */
export async function createVersion(db: Database, actor: Actor, input: Input): Promise<{ slug: string; version: Hex }> {
  const conflicts = licenceConflicts(input.licence, input.upstreamLicences);
  if (conflicts.length > 0) throw new AppError('licence_conflict', { details: { conflicts }, message: conflicts.join(' ') });
  checkDeployment(input.deployment, input.parameters);
  checkClaims(input.deployment, input);
  checkSigner(input);
  const home = await homeOf(db, actor);
  const { slug, number } = await placeOf(db, actor, input);
  const { parameters, controls } = splitControls(input.parameters);
  const manifest = manifestOf(actor, { ...input, parameters }, number);
  const { tagline, description, changelog } = input;
  const { digest, isNew } = await registerVersion(db, {
    ...{ slug, tagline, description, changelog, manifest, controls, ...home },
    creatorId: actor.userId,
    signerAddress: input.signerCustody === 'creator' ? (input.signerAddress ?? undefined) : undefined,
    deployment: newDeployment(versionDigest(manifestText(manifest)), input.deployment),
    price: priceData(input.price),
  });
  if (!isNew) throw new AppError('conflict');
  return { slug, version: digest };
}

function checkSigner({ signerCustody, signerAddress }: Input): void {
  if (signerCustody === 'platform' || signerAddress) return;
  throw new AppError('invalid_input', { details: { fields: { signerAddress: 'is needed' } }, message: 'Give the address of the key.' });
}

function manifestOf(actor: Actor, input: Omit<Input, 'parameters'> & Pick<Manifest, 'parameters'>, number: number): Manifest {
  return {
    manifest: 1,
    creator: actor.address.toLowerCase(),
    name: input.name,
    number,
    kind: input.kind,
    weights: input.weights,
    parameters: input.parameters,
    seedKind: input.seedKind,
    reproducibility: input.reproducibility,
    signerCustody: input.signerCustody,
    licence: input.licence,
    upstreamLicences: input.upstreamLicences,
    trainingData: input.trainingData,
    derivativeShareBps: input.derivativeShareBps,
  };
}

/** A new model's address, or that of one's own, and the version's number in it. */
async function placeOf(db: Database, actor: Actor, input: Input): Promise<{ slug: string; number: number }> {
  if (input.model === null) return { slug: await slugFor(db, input.name), number: 1 };
  const model = await db.prisma.model.findFirst({
    where: { slug: input.model, creatorId: actor.userId },
    select: { slug: true, versions: { orderBy: { number: 'desc' }, take: 1, select: { number: true } } },
  });
  if (!model) throw new AppError('not_found');
  return { slug: model.slug, number: (model.versions[0]?.number ?? 0) + 1 };
}

/** The collection of a creator's versions, made or foreseen: the first one stays, whatever address and contracts the house has later. */
async function homeOf(db: Database, actor: Actor): Promise<{ chainId: number; collection: string; externalBase: string }> {
  const earlier = await db.prisma.modelVersion.findFirst({
    where: { model: { creatorId: actor.userId } },
    orderBy: { createdAt: 'asc' },
    select: { chainId: true, collection: true, externalBase: true },
  });
  if (earlier) return earlier;
  const [chainId, externalBase] = [await readChainId(), new URL('/w/', env.PUBLIC_URL).href];
  const collection = await predictCollection(publicClient(), deploymentOf(chainId).current('work'), actor.address, COLLECTION_SALT, externalBase);
  return { chainId, collection, externalBase };
}
