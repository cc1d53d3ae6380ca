import { encodeFunctionData, type Hex, keccak256, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { planPurchase } from './plan-purchase';
import { listTiers } from './queries';
import { buyPass, openPasses, type Passes, PRICE_WEI, person, testTier } from './testing/pass-fixture';

const BUYERS = 500;
const LEFT = 10;
const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'wanted', [testTier('Reader', { cap: LEFT + 2 })]);
  await buyPass(passes, 1);
  await buyPass(passes, 2);
});
afterAll(() => db.close());

/** A purchase signed by a funded account of its own. */
async function signedBuy(i: number): Promise<{ buyer: Hex; raw: Hex }> {
  const account = privateKeyToAccount(keccak256(toHex(`buyer ${i}`)));
  await testChain.test.setBalance({ address: account.address, value: 10n ** 18n });
  const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'buy', args: [1n, account.address] });
  const call = { to: passes.collection, data, value: PRICE_WEI, nonce: 0, gas: 150_000n, chainId: 31_337 };
  return { buyer: account.address, raw: await account.signTransaction({ ...call, maxFeePerGas: 10n ** 11n, maxPriorityFeePerGas: 10n ** 9n }) };
}

test('of 500 purchases at the same moment, with ten passes left, exactly ten are sold', async () => {
  const buys = await Promise.all(Array.from({ length: BUYERS }, (_, i) => signedBuy(i)));
  const hashes = await Promise.all(buys.map(({ raw }) => testChain.client.sendRawTransaction({ serializedTransaction: raw })));
  const nonces = () => Promise.all(buys.map(({ buyer }) => testChain.client.getTransactionCount({ address: buyer })));
  for (let blocks = 0; blocks < 50 && (await nonces()).includes(0); blocks++) await testChain.mine();

  const receipts = await Promise.all(hashes.map((hash) => testChain.client.getTransactionReceipt({ hash })));
  const winners = receipts.filter(({ status }) => status === 'success').map(({ from }) => from.toLowerCase());
  expect(receipts).toHaveLength(BUYERS);
  expect(winners).toHaveLength(LEFT);
  // Who got none has paid for gas alone.
  expect(await testChain.client.getBalance({ address: passes.collection })).toBe(PRICE_WEI * BigInt(LEFT + 2));

  await indexer.run(db);
  expect(await listTiers(db, passes.modelId)).toMatchObject([{ cap: LEFT + 2, sold: LEFT + 2, left: 0 }]);
  const sold = await db.prisma.passToken.findMany({ orderBy: { tokenId: 'asc' } });
  expect(sold.map(({ tokenId }) => Number(tokenId % 100_000_000n))).toEqual(Array.from({ length: LEFT + 2 }, (_, i) => i + 1));
  expect(
    sold
      .slice(2)
      .map(({ holder }) => holder)
      .toSorted(),
  ).toEqual(winners.toSorted());
  await expect(planPurchase(db, await person(db, 3), { collection: passes.collection, tierId: 1, to: null })).rejects.toMatchObject({
    code: 'pass_sold_out',
  });
});
