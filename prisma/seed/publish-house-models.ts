import { encodeFunctionData, type Hex, keccak256, stringToBytes, zeroAddress } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { createCollectionCall, predictCollection, versionTerms } from '@/lib/chain/deploy/create-collection';
import { deploymentOf } from '@/lib/chain/deployments';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { HOUSE_MODELS } from '@/lib/inference/house/models';
import { splitControls } from '@/lib/models/controls';
import { publishVersion, registerVersion } from '@/lib/models/register-version';
import { HOUSE_PRICES, houseManifest } from './house-models';
import type { houseWallet } from './house-wallet';

type Wallet = Awaited<ReturnType<typeof houseWallet>>;

const SALT = keccak256(stringToBytes('intaglio house'));
const BOUNDS = { capTokens: 1_000_000, floorPriceWei: 0n, opensAt: 0, closesAt: 0 };

/** Registers the house models, puts collection and version keys on-chain from the house's own wallet, and publishes. Again changes nothing. */
export async function publishHouseModels(db: Database, creator: Actor, wallet: Wallet): Promise<void> {
  const chainId = await wallet.publicClient.getChainId();
  const select = { externalBase: true, collection: true };
  const earlier = await db.prisma.modelVersion.findFirst({ where: { model: { creatorId: creator.userId } }, select });
  // Base and factory are part of the collection's address, so the first ones stay, whatever port and contracts a later start has.
  const base = earlier?.externalBase ?? `${env.PUBLIC_URL}/w/`;
  const { factory, collection } = await homeOf(wallet, chainId, base, earlier?.collection);
  for (const model of HOUSE_MODELS) {
    const { digest, signerAddress } = await registerVersion(db, {
      slug: model.id,
      tagline: model.tagline,
      description: model.description,
      creatorId: creator.userId,
      manifest: houseManifest(model, creator.address),
      controls: splitControls(model.parameterSchema).controls,
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

/** The house's collection, made or foreseen, and its factory: the one in use, unless the house's versions are in a former one's collection. */
async function homeOf(wallet: Wallet, chainId: number, base: string, earlier: string | undefined): Promise<{ factory: Hex; collection: Hex }> {
  const predict = (factory: Hex) => predictCollection(wallet.publicClient, factory, wallet.address, SALT, base);
  const deployment = deploymentOf(chainId);
  for (const factory of deployment.all('work')) {
    const collection = await predict(factory);
    if (collection.toLowerCase() === earlier) return { factory, collection };
  }
  const factory = deployment.current('work');
  return { factory, collection: await predict(factory) };
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
