import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hex, keccak256, stringToHex } from 'viem';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import { createCollectionArgs, predictCollection } from '@/lib/chain/deploy/create-collection';
import { deployContracts } from '@/lib/chain/deploy/deploy-contracts';
import { startTestChain } from '@/lib/chain/testing/local-chain';
import { localSigner, type Signer } from '@/lib/keys/signer';
import { type Manifest, manifestText, versionDigest } from '@/lib/protocol/manifest';
import { testManifest } from '@/prisma/seed/test-model';
import { chainReader, httpRequest } from '../chain-reader';
import type { Trust } from '../schema';

export const BASE = 'https://example.org/w/';
const CREATOR = 8;
const OWNER = 9;
const key = (name: string) => localSigner(Buffer.from(keccak256(stringToHex(name)).slice(2), 'hex'));

export type TestVersion = { manifest: Manifest; text: string; digest: Hex; signer: Signer };
export type TestHouse = Awaited<ReturnType<typeof openTestHouse>>;

type Chain = Awaited<ReturnType<typeof startTestChain>>;
type Opened = { wallet: ReturnType<Chain['wallet']>; version: TestVersion; salt: Hex };

/** A collection of the wallet's own, with one version. */
export async function openCollection({ chain, chainId, trust }: { chain: Chain; chainId: number; trust: Trust }, { wallet, version, salt }: Opened) {
  const factory = trust.factories[chainId]?.work[0] as Hex;
  const collection = await predictCollection(chain.client, factory, wallet.account.address, salt, BASE);
  const bounds = { capTokens: 10_000, floorPriceWei: 0n, opensAt: 0, closesAt: 0 };
  const terms = { salt, base: BASE, name: 'House', symbol: 'H', royaltyBps: 0, version: version.digest, signer: version.signer.address, bounds };
  const hash = await wallet.writeContract({
    ...{ address: factory, abi: workCollectionFactoryAbi, functionName: 'createCollection' },
    ...{ args: createCollectionArgs(terms), gas: 3_000_000n },
  });
  await chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
  return collection.toLowerCase() as Hex;
}

/** A chain with our real contracts, a creator's collection and its versions: what works are made for without database, server or storage. */
export async function openTestHouse() {
  const chain = await startTestChain({ automine: true });
  const folder = mkdtempSync(join(tmpdir(), 'intaglio-verifier-'));
  const [platform, wallet] = [key('platform'), chain.wallet(CREATOR)];
  const owner = chain.wallet(OWNER);
  const setup = { publicClient: chain.client, walletClient: owner, platformOwner: owner.account.address, platformSigner: platform.address };
  const { chainId, contracts } = await deployContracts({ ...setup, dir: folder, commit: 'test' });
  const all = (kind: string) => contracts.filter((contract) => contract.kind === kind).map(({ address }) => address.toLowerCase() as Hex);
  const trust: Trust = { factories: { [chainId]: { work: all('work'), drop: all('drop') } } };

  const creator = wallet.account.address.toLowerCase() as Hex;
  const version = (over: Partial<Manifest>, name: string): TestVersion => {
    const manifest = testManifest(creator, over);
    const text = manifestText(manifest);
    return { manifest, text, digest: versionDigest(text), signer: key(name) };
  };
  const images = version({ name: 'Pictures' }, 'pictures');
  const texts = version({ name: 'Lines', kind: 'text', reproducibility: 'D', signerCustody: 'creator' }, 'lines');
  const collection = await openCollection({ chain, chainId, trust }, { wallet, version: images, salt: keccak256(stringToHex('house')) });
  const addVersion = ({ digest }: TestVersion, signer: Hex) =>
    wallet.writeContract({
      ...{ address: collection, abi: workCollectionAbi, functionName: 'addVersion', gas: 1_000_000n },
      args: [{ version: digest, signer, bounds: { cap: 10_000, floorPrice: 0n, opensAt: 0, closesAt: 0 } }],
    });
  await addVersion(texts, texts.signer.address);
  return {
    ...{ chain, chainId, trust, platform, collection, images, texts, folder, creator, version, addVersion },
    reader: chainReader(httpRequest(chain.url)),
    close: async () => {
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
