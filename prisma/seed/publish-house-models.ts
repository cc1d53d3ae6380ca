import { encodeFunctionData, type Hex, keccak256, stringToBytes, zeroAddress } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { createCollectionCall, predictCollection, versionTerms } from '@/lib/chain/deploy/create-collection';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { publishVersion, registerVersion } from '@/lib/models/register-version';
import { HOUSE_PRICES, houseManifest } from './house-models';
import type { houseWallet } from './house-wallet';

type Wallet = Awaited<ReturnType<typeof houseWallet>>;

const SALT = keccak256(stringToBytes('intaglio house'));
const BOUNDS = { capTokens: 1_000_000, floorPriceWei: 0n, opensAt: 0, closesAt: 0 };

/** Registers the house models, puts collection and version keys on-chain from the house's own wallet, and publishes. Again changes nothing. */
export async function publishHouseModels(db: Database, creator: Actor, wallet: Wallet): Promise<void> {
  const chainId = await wallet.publicClient.getChainId();
  const { factory } = deploymentOf(chainId);
  // The base is part of the collection's address, so the first one stays, whatever port a later start has.
  const earlier = await db.prisma.modelVersion.findFirst({ where: { model: { creatorId: creator.userId } }, select: { externalBase: true } });
  const base = earlier?.externalBase ?? `${env.PUBLIC_URL}/w/`;
  const collection = await predictCollection(wallet.publicClient, factory, wallet.address, SALT, base);
  for (const model of HOUSE_MODELS) {
    const { digest, signerAddress } = await registerVersion(db, {
      slug: model.id,
      tagline: model.tagline,
      description: model.description,
      creatorId: creator.userId,
      manifest: houseManifest(model, creator.address),
      chainId,
      collection,
      externalBase: base,
      deployment: { provider: 'embedded', reference: model.id },
      price: { ...HOUSE_PRICES[model.id], mintPriceWei: 0n },
    });
    await putOnChain(wallet, factory, collection, base, digest, signerAddress);
    await publishVersion(db, digest);
  }
}

async function putOnChain(wallet: Wallet, factory: Hex, collection: Hex, base: string, version: Hex, signer: Hex): Promise<void> {
  const { publicClient, send } = wallet;
  const code = await publicClient.getCode({ address: collection });
  if (!code) {
    const call = createCollectionCall(factory, {
      salt: SALT,
      base,
      name: 'Intaglio House',
      symbol: 'HOUSE',
      royaltyBps: 500,
      version,
      signer,
      bounds: BOUNDS,
    });
    await send(call.to, call.data);
    return;
  }
  const known = await publicClient.readContract({ address: collection, abi: workCollectionAbi, functionName: 'versionOf', args: [version] });
  if (known.signer !== zeroAddress) return;
  await send(collection, encodeFunctionData({ abi: workCollectionAbi, functionName: 'addVersion', args: [versionTerms(version, signer, BOUNDS)] }));
}
