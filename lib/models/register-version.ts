import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { makeKey, type NewKey } from '@/lib/keys/make-key';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import type { Prisma } from '@/prisma/client/client';
import type { Controls } from './controls';
import type { PriceTerms } from './price-order';

export type NewVersion = {
  slug: string;
  tagline: string;
  description: string;
  creatorId: string;
  manifest: Manifest;
  /** How its parameters are shown (controls.ts). */
  controls?: Controls;
  chainId: number;
  /** The creator's collection, deployed or foreseen. */
  collection: string;
  /** What the collection's `external_url` starts with. */
  externalBase: string;
  changelog?: string;
  /** Of the creator's own version key. Without it we make one and hold it. */
  signerAddress?: string;
  deployment: Omit<Prisma.DeploymentCreateWithoutVersionInput, 'id'> & { id?: string };
  price: Partial<PriceTerms> & { mintPriceWei: bigint | string };
};
export type RegisteredVersion = { digest: Hex; signerAddress: Hex; isNew: boolean };

/**
 * Registers a version as a draft: model (made at its first version), manifest, version key, deployment, price. The same manifest again
 * returns what is there. Publishing is a step of its own, after the creator's wallet has put it on-chain. Throws `conflict` where the model's
 * address has become somebody else's.
 */
export async function registerVersion({ prisma }: Pick<Database, 'prisma'>, input: NewVersion): Promise<RegisteredVersion> {
  const digest = versionDigest(manifestText(input.manifest));
  const existing = await findRegistered(prisma, digest);
  if (existing) return existing;
  const key = input.signerAddress ? null : await makeKey('version');
  // From when its row may have been committed, whatever we are told: such a key is never thrown away.
  let isNamed = false;
  try {
    return await prisma.$transaction(async (tx) => {
      const meanwhile = await findRegistered(tx, digest);
      if (meanwhile) return meanwhile;
      const signerAddress = await insertVersion(tx, digest, input, key);
      isNamed = true;
      return { digest, signerAddress, isNew: true };
    });
  } finally {
    if (!isNamed) await key?.discard();
  }
}

async function findRegistered(tx: Pick<Prisma.TransactionClient, 'modelVersion'>, digest: Hex): Promise<RegisteredVersion | null> {
  const row = await tx.modelVersion.findUnique({ where: { digest }, select: { signerAddress: true } });
  return row && { digest, signerAddress: row.signerAddress as Hex, isNew: false };
}

async function insertVersion(tx: Prisma.TransactionClient, digest: Hex, input: NewVersion, key: NewKey | null): Promise<Hex> {
  const { slug, tagline, description, creatorId, chainId, externalBase, changelog } = input;
  const model = await tx.model.upsert({
    where: { slug },
    update: {},
    create: { id: newId(), slug, name: input.manifest.name, tagline, description, creatorId },
  });
  if (model.creatorId !== creatorId) throw new AppError('conflict');
  if (key) await tx.sealedKey.create({ data: key.row });
  const signerAddress = (key?.signer.address ?? input.signerAddress) as Hex;
  await tx.modelVersion.create({
    data: {
      digest,
      modelId: model.id,
      number: input.manifest.number,
      manifest: manifestText(input.manifest),
      controls: input.controls,
      chainId,
      collection: input.collection.toLowerCase(),
      externalBase,
      changelog,
      signerKeyId: key?.row.id,
      signerAddress,
      deployments: { create: { id: newId(), ...input.deployment } },
      prices: { create: { id: newId(), ...input.price, mintPriceWei: input.price.mintPriceWei.toString() } },
    },
  });
  return signerAddress;
}

/** Opens a version to everyone, once its signer is on-chain. Again changes nothing. */
export async function publishVersion({ prisma }: Pick<Database, 'prisma'>, digest: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.modelVersion.updateMany({ where: { digest, publishedAt: null }, data: { publishedAt: new Date() } });
    const { modelId } = await tx.modelVersion.findUniqueOrThrow({ where: { digest }, select: { modelId: true } });
    await tx.model.updateMany({ where: { id: modelId, status: 'draft' }, data: { status: 'published' } });
  });
}
