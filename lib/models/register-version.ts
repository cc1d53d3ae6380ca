import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { newId } from '@/lib/ids';
import { createKey } from '@/lib/keys/sealed-keys';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import type { PriceTerms } from './price-order';

export type NewVersion = {
  slug: string;
  tagline: string;
  description: string;
  creatorId: string;
  manifest: Manifest;
  chainId: number;
  /** The creator's collection, deployed or foreseen. */
  collection: Hex;
  /** What the collection's `external_url` starts with. */
  externalBase: string;
  deployment: { provider: string; reference: string };
  price: Partial<PriceTerms> & { mintPriceWei: bigint };
};

/**
 * Registers a version as a draft: model (made at its first version), manifest, platform-held version key, deployment, price.
 * The same manifest again returns what is there. Publishing is a step of its own, after the creator's wallet has put it on-chain.
 */
export async function registerVersion({ prisma }: Pick<Database, 'prisma'>, input: NewVersion): Promise<{ digest: Hex; signerAddress: Hex }> {
  const manifest = manifestText(input.manifest);
  const digest = versionDigest(manifest);
  return prisma.$transaction(async (tx) => {
    const existing = await tx.modelVersion.findUnique({ where: { digest }, select: { signerAddress: true } });
    if (existing) return { digest, signerAddress: existing.signerAddress as Hex };
    const { slug, tagline, description, creatorId } = input;
    const model = await tx.model.upsert({
      where: { slug },
      update: {},
      create: { id: newId(), slug, name: input.manifest.name, tagline, description, creatorId },
    });
    const key = await createKey(tx, 'version');
    await tx.modelVersion.create({
      data: {
        digest,
        modelId: model.id,
        number: input.manifest.number,
        manifest,
        chainId: input.chainId,
        collection: input.collection.toLowerCase(),
        externalBase: input.externalBase,
        signerKeyId: key.id,
        signerAddress: key.signer.address,
        deployments: { create: { id: newId(), ...input.deployment } },
        prices: { create: { id: newId(), ...input.price, mintPriceWei: input.price.mintPriceWei.toString() } },
      },
    });
    return { digest, signerAddress: key.signer.address };
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
