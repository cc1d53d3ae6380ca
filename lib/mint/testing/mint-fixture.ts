import { randomBytes } from 'node:crypto';
import { type Hex, keccak256, stringToHex } from 'viem';
import type { Actor } from '@/lib/actor';
import { workCollectionFactoryAbi } from '@/lib/chain/abi/work-collection-factory';
import { createCollectionArgs, predictCollection } from '@/lib/chain/deploy/create-collection';
import { deploymentOf } from '@/lib/chain/deployments';
import { testChain } from '@/lib/chain/testing/env-chain';
import type { Database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { quote } from '@/lib/generations/quote';
import { createRunGeneration } from '@/lib/generations/run-generation';
import { startGenerations } from '@/lib/generations/start-generations';
import { type NewVersion, publishVersion, registerVersion } from '@/lib/models/register-version';
import type { Manifest } from '@/lib/protocol/manifest';
import { sealWork } from '@/lib/works/seal-work';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { seedPixels, testManifest } from '@/prisma/seed/test-model';
import type { MintCallDto } from '../schema';

const BASE = 'http://localhost:3000/w/';
const CREATOR_WALLET = 8;
export const MINT_PRICE_WEI = 1_000_000_000_000_000n;

export type TestModel = { version: Hex; collection: Hex; creator: Actor };

/** A published version whose collection the real factory has made, on the test file's chain. Collectors are the chain's funded accounts. */
export async function publishOnTestChain(
  db: Database,
  slug = 'proof',
  {
    manifest = {},
    deployment = { provider: 'test', reference: slug },
    payout,
  }: { manifest?: Partial<Manifest>; deployment?: NewVersion['deployment']; payout?: Hex } = {},
): Promise<TestModel> {
  const wallet = testChain.wallet(CREATOR_WALLET);
  const creator = await seedPerson(db, wallet.account.address);
  const factory = deploymentOf(31_337).current('work');
  const salt = keccak256(stringToHex(slug));
  const collection = (await predictCollection(testChain.client, factory, wallet.account.address, salt, BASE)).toLowerCase() as Hex;
  const { digest, signerAddress } = await registerVersion(db, {
    slug,
    tagline: 'Four pixels.',
    description: 'A model for tests.',
    creatorId: creator.userId,
    manifest: testManifest(creator.address, { name: slug, ...manifest }),
    chainId: 31_337,
    collection,
    externalBase: BASE,
    deployment,
    price: { perImageMillicredits: 2000n, mintPriceWei: MINT_PRICE_WEI },
  });
  const terms = { salt, base: BASE, name: slug, symbol: 'PRF', royaltyBps: 500, version: digest, signer: signerAddress };
  const bounds = { capTokens: 200, floorPriceWei: 0n, opensAt: 0, closesAt: 0 };
  const args = createCollectionArgs({ ...terms, bounds, payout });
  await wallet.writeContract({ address: factory, abi: workCollectionFactoryAbi, functionName: 'createCollection', args, gas: 3_000_000n });
  await testChain.mine();
  await publishVersion(db, digest);
  return { version: digest, collection, creator };
}

export const collector = (db: Database, wallet: number) => seedPerson(db, testChain.wallet(wallet).account.address);

/** Makes a work through the run path, paid by the house: quote, hold, run, capture. Same seed, same picture. Returns its id. */
export async function makeWork(db: Database, actor: Actor, version: Hex, seed = randomBytes(8).readBigUInt64BE(), sealed = true): Promise<string> {
  await grantCredits(db, actor, 2000n);
  return makePaidWork(db, actor, version, seed, sealed);
}

/** The same with what the collector has. */
export async function makePaidWork(
  db: Database,
  actor: Actor,
  version: Hex,
  seed = randomBytes(8).readBigUInt64BE(),
  sealed = true,
): Promise<string> {
  const { token } = await quote(db, actor, { version, prompt: 'a private thought', params: {}, seed: seed.toString(), count: 1 });
  const { quoteId } = await startGenerations(db, actor, { token });
  const [run] = await listGenerations(db, actor, { quoteId });
  const id = run?.id ?? '';
  const context = { db, signal: new AbortController().signal, attempt: 1, maxAttempts: 1 };
  await createRunGeneration(db, { test: seedPixels })({ id }, context);
  if (sealed) await sealWork({ id }, context);
  return id;
}

/** Sends a mint call as a wallet does, and mines it. Returns the transaction's hash, its status with it. */
export async function sendMint(call: MintCallDto, wallet: number): Promise<{ hash: Hex; status: 'success' | 'reverted' }> {
  const hash = await testChain.send(call.collection, call.data, BigInt(call.valueWei), wallet);
  await testChain.mine();
  return { hash, status: (await testChain.client.getTransactionReceipt({ hash })).status };
}
