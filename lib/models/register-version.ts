import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { createKey } from '@/lib/keys/sealed-keys';
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
  const manifest = manifestText(input.manifest);
  const digest = versionDigest(manifest);
  return prisma.$transaction(async (tx) => {
    const existing = await tx.modelVersion.findUnique({ where: { digest }, select: { signerAddress: true } });
    if (existing) return { digest, signerAddress: existing.signerAddress as Hex, isNew: false };
    const { slug, tagline, description, creatorId, chainId, externalBase, changelog } = input;
    const model = await tx.model.upsert({
      where: { slug },
      update: {},
      create: { id: newId(), slug, name: input.manifest.name, tagline, description, creatorId },
    });
    if (model.creatorId !== creatorId) throw new AppError('conflict');
    const key = input.signerAddress ? null : await createKey(tx, 'version');
    const signerAddress = (key?.signer.address ?? input.signerAddress) as Hex;
    await tx.modelVersion.create({
      data: {
        digest,
        modelId: model.id,
        number: input.manifest.number,
        manifest,
        controls: input.controls,
        chainId,
        collection: input.collection.toLowerCase(),
        externalBase,
        changelog,
        signerKeyId: key?.id,
        signerAddress,
        deployments: { create: { id: newId(), ...input.deployment } },
        prices: { create: { id: newId(), ...input.price, mintPriceWei: input.price.mintPriceWei.toString() } },
      },
    });
    return { digest, signerAddress, isNew: true };
  });
}

/** Opens a version to everyone, once its signer is on-chain. Again changes nothing. */
export async function publishVersion({ prisma }: Pick<Database, 'prisma'>, digest: string): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.modelVersion.updateMany({ where: { digest, publishedAt: null }, data: { publishedAt: new Date() } });
    const { modelId } = await tx.modelVersion.findUniqueOrThrow({ where: { digest }, select: { modelId: true } });
    await tx.model.updateMany({ where: { id: modelId, status: 'draft' }, data: { status: 'published' } });
  });
}
