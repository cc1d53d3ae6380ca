import { encodeFunctionData, type Hex } from 'viem';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import { localSigner } from '@/lib/keys/signer';
import { manifestText, versionDigest } from '@/lib/protocol/manifest';
import { writeManifest } from '@/lib/protocol/png-manifest';
import { writeRecord } from '@/lib/protocol/png-record';
import { NO_PARENT } from '@/lib/protocol/receipt';
import { openCollection, type TestHouse, type TestVersion } from './house';
import { makeDrop } from './make-drop';
import { makeTestWork, type TestWork } from './make-work';
import type { Mutation } from './mutations';
import type { Random } from './random';

const STRANGER = 7;

/**
 * A collection that our factory made for a stranger, who registers the house's version there under a key of their own. The chain asks nobody: a version
 * is a public digest.
 */
export async function strangersCollection(house: TestHouse, random: Random) {
  const wallet = house.chain.wallet(STRANGER);
  const version: TestVersion = { ...house.images, signer: localSigner(Buffer.from(random.hex(32).slice(2), 'hex')) };
  return { wallet, version, collection: await openCollection(house, { wallet, version, salt: random.hex(32) }) };
}
type Stranger = Awaited<ReturnType<typeof strangersCollection>>;

export async function strangersDrop(house: TestHouse, random: Random, { wallet, version, collection }: Stranger): Promise<TestWork> {
  const [work] = await makeDrop(house, random, 2, { wallet, version, works: collection });
  return work as TestWork;
}

/** What a stranger tries with a collection that is ready: make it its victim's, whose every link would then hold. */
async function pushOnCreator(house: TestHouse, { wallet }: Stranger, to: Hex): Promise<void> {
  const attempts = [
    encodeFunctionData({ abi, functionName: 'transferOwnership', args: [house.creator] }),
    encodeFunctionData({ abi, functionName: 'completeOwnershipHandover', args: [house.creator] }),
  ];
  for (const data of attempts) {
    const hash = await wallet.sendTransaction({ to, data, gas: 200_000n });
    await house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
  }
}

export async function forgeInOwnCollection(random: Random, house: TestHouse): Promise<Mutation> {
  const stranger = await strangersCollection(house, random);
  await pushOnCreator(house, stranger, stranger.collection);
  const { file, opening } = await makeTestWork(house, random, { ...stranger, titled: false });
  return { name: 'a work of somebody else’s model', file, opening, expected: {}, rows: ['creator'] };
}

export async function forgeInOwnDrop(random: Random, house: TestHouse): Promise<Mutation> {
  const stranger = await strangersCollection(house, random);
  const { file, opening, record } = await strangersDrop(house, random, stranger);
  for (const to of [record.collection, stranger.collection]) await pushOnCreator(house, stranger, to);
  return { name: 'a drop of somebody else’s model', file, opening, expected: {}, rows: ['creator'] };
}

/** A true child, beside a file with its parent's record and other pixels. */
export async function exchangeParent(random: Random, house: TestHouse): Promise<Mutation> {
  const [parent, other] = [await makeTestWork(house, random), await makeTestWork(house, random)];
  const { file, opening } = await makeTestWork(house, random, { parent: parent.digest, titled: false });
  const related = [writeRecord(other.file, parent.record)];
  return { name: 'another parent’s pixels', file, opening, related, expected: {}, rows: ['parent'] };
}

/** A manifest with one name twice: some readers take the first, some the last. Its digest is what the creator registered. */
export async function repeatInManifest(random: Random, house: TestHouse): Promise<Mutation> {
  const manifest = { ...house.images.manifest, number: 1 + random.below(1e6) };
  const text = manifestText(manifest).replace('"licence":', '"licence":"public domain","licence":');
  const version = { ...house.images, manifest, text, digest: versionDigest(text) };
  await house.addVersion(version, version.signer.address);
  const work = await makeTestWork(house, random, { version, titled: false, parent: NO_PARENT });
  return { name: 'a manifest with two licences', file: writeManifest(work.file, text), opening: work.opening, expected: {}, rows: ['creator'] };
}
