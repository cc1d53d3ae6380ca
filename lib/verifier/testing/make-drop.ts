import { encodeFunctionData, type Hex, parseEventLogs, zeroAddress, zeroHash } from 'viem';
import { dropCollectionAbi as abi } from '@/lib/chain/abi/drop-collection';
import { dropFactoryAbi } from '@/lib/chain/abi/drop-factory';
import { batchDigest, batchTree } from '@/lib/protocol/batch';
import { writeRecord } from '@/lib/protocol/png-record';
import { receiptDigest } from '@/lib/protocol/receipt';
import { receiptOf, type WorkRecord } from '@/lib/protocol/work-record';
import { BASE, type TestHouse, type TestVersion } from './house';
import { makeTestWork, type TestWork } from './make-work';
import type { Random } from './random';

type Whose = { wallet: ReturnType<TestHouse['chain']['wallet']>; version: TestVersion; works: Hex };
const CREATOR = 8;
const ofHouse = ({ chain, images, collection }: TestHouse): Whose => ({ wallet: chain.wallet(CREATOR), version: images, works: collection });

/** A drop of `count` works on the chain, its batch signed by the version's key, all but the last of them minted; and its files. */
export async function makeDrop(house: TestHouse, random: Random, count: number, whose: Whose = ofHouse(house)): Promise<TestWork[]> {
  const { wallet, version, works: keyring } = whose;
  const done = (hash: Hex) => house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 });
  const factory = house.trust.factories[house.chainId]?.drop[0] as Hex;
  const terms = { name: 'Drop', symbol: 'D', royaltyBps: 0, payout: zeroAddress };
  const createArgs = [random.hex(32), BASE, terms, keyring] as const;
  const created = await done(
    await wallet.sendTransaction({ to: factory, data: encodeFunctionData({ abi: dropFactoryAbi, functionName: 'createDrop', args: createArgs }) }),
  );
  const [log] = parseEventLogs({ abi: dropFactoryAbi, logs: created.logs, eventName: 'CollectionCreated' });
  const collection = log?.args.collection.toLowerCase() as Hex;

  const works: TestWork[] = [];
  for (let i = 0; i < count; i++) works.push(await makeTestWork(house, random, { titled: false, collection, version }));
  const { root, proofs } = batchTree(works.map(({ record }) => receiptDigest(house.chainId, collection, receiptOf(record))));
  const batch = { version: version.digest, root, count };
  const signature = await version.signer.signDigest(batchDigest(house.chainId, collection, batch));
  const sale = { price: 0n, opensAt: 0, closesAt: 4_000_000_000, maxPerWallet: count };
  const commit = encodeFunctionData({ abi, functionName: 'commit', args: [batch, zeroHash, sale, signature] });
  const mint = encodeFunctionData({ abi, functionName: 'mint', args: [house.chain.wallet(0).account.address, BigInt(count - 1)] });
  for (const data of [commit, mint]) await done(await wallet.sendTransaction({ to: collection, data, gas: 2_000_000n }));
  return works.map((work, index) => {
    const record: WorkRecord = { ...work.record, signature, batch: { root, count, index, proof: proofs[index] ?? [] } };
    return { ...work, record, file: writeRecord(work.file, record) };
  });
}
