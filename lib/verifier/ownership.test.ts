import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workCollectionAbi as abi } from '@/lib/chain/abi/work-collection';
import { checkWork } from './check-work';
import type { Check, LinkId } from './schema';
import { openCollection, openTestHouse, type TestHouse } from './testing/house';
import { makeTestWork } from './testing/make-work';
import { seededRandom } from './testing/random';
import { strangersCollection, strangersDrop } from './testing/stranger';

const CREATOR = 8;
const HEIR = 6;
const random = seededRandom(31);
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
}, 60_000);
afterAll(() => house.close());

type Wallet = ReturnType<TestHouse['chain']['wallet']>;
const check = (file: Uint8Array) => checkWork({ file, trust: house.trust, chain: house.reader });
const row = ({ rows }: Check, id: LinkId) => rows.find((one) => one.id === id);
const failed = ({ rows }: Check) => rows.filter(({ result }) => result === 'failed').map(({ id }) => id);

async function send(wallet: Wallet, to: Hex, data: Hex): Promise<string> {
  const hash = await wallet.sendTransaction({ to, data, gas: 500_000n });
  return (await house.chain.client.waitForTransactionReceipt({ hash, pollingInterval: 5 })).status;
}

async function handOver(collection: Hex, from: Wallet, to: Wallet): Promise<void> {
  const complete = encodeFunctionData({ abi, functionName: 'completeOwnershipHandover', args: [to.account.address] });
  expect(await send(from, collection, complete)).toBe('reverted');
  await send(to, collection, encodeFunctionData({ abi, functionName: 'requestOwnershipHandover' }));
  expect(await send(from, collection, complete)).toBe('success');
}

test('nobody is made the owner of a collection that they did not ask for', async () => {
  const { wallet, collection, version } = await strangersCollection(house, random);
  const push = encodeFunctionData({ abi, functionName: 'transferOwnership', args: [house.creator] });
  expect(await send(wallet, collection, push)).toBe('reverted');
  const { file } = await makeTestWork(house, random, { collection, version, titled: false });
  expect(failed(await check(file))).toEqual(['creator']);
});

test('a drop that its creator took over is theirs only where the collection that holds its keys is, too', async () => {
  const stranger = await strangersCollection(house, random);
  const { file, record } = await strangersDrop(house, random, stranger);
  await handOver(record.collection, stranger.wallet, house.chain.wallet(CREATOR));
  const forged = await check(file);
  expect([forged.verdict, failed(forged)]).toEqual(['broken', ['creator']]);
  expect(row(forged, 'creator')?.detail).toContain(`a collection that belongs to ${stranger.wallet.account.address}`);
});

test('after a handover works whose manifest names the former owner hold no more, and those that name the new one do', async () => {
  const [creator, heir] = [house.chain.wallet(CREATOR), house.chain.wallet(HEIR)];
  const collection = await openCollection(house, { wallet: creator, version: house.images, salt: random.hex(32) });
  const { file } = await makeTestWork(house, random, { collection, titled: false });
  expect((await check(file)).verdict).toBe('verified');
  await handOver(collection, creator, heir);
  const after = await check(file);
  expect([after.verdict, failed(after)]).toEqual(['broken', ['creator']]);
  expect(row(after, 'creator')?.detail).toBe(`The collection belongs to ${heir.account.address}, the manifest names ${house.creator}.`);

  const version = house.version({ creator: heir.account.address.toLowerCase() }, 'heir');
  const terms = { version: version.digest, signer: version.signer.address, bounds: { cap: 10, floorPrice: 0n, opensAt: 0, closesAt: 0 } };
  expect(await send(heir, collection, encodeFunctionData({ abi, functionName: 'addVersion', args: [terms] }))).toBe('success');
  const { file: theirs } = await makeTestWork(house, random, { collection, version, titled: false });
  expect((await check(theirs)).verdict).toBe('verified');
});
