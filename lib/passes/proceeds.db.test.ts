import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { publicClient } from '@/lib/chain/client';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { findSent } from './pass-page';
import { getProceeds, planWithdrawal } from './proceeds';
import { listOwnTiers } from './queries';
import { buyPass, CREATOR_WALLET, openPasses, type Passes, PRICE_WEI, person, sendCalls, testTier } from './testing/pass-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run: index } = createIndexer({ handlers: chainHandlers });
const [PLAIN, RETURNABLE] = [1, 2];
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Plain', { refundWindowSeconds: 0 }), testTier('Returnable')]);
  await index(db);
});
afterAll(() => db.close());

test('before anything was sold there is nothing to take out, and nobody else’s is one’s own', async () => {
  expect(await getProceeds(db, passes.creator)).toMatchObject({
    balance: { freeWei: '0', escrowedWei: '0', owedWei: '0' },
    takenWei: '0',
    withdrawals: [],
  });
  await expect(planWithdrawal(db, passes.creator)).rejects.toMatchObject({ code: 'nothing_to_withdraw' });
  const stranger = await person(db, 3);
  expect(await getProceeds(db, stranger)).toBeNull();
  await expect(planWithdrawal(db, stranger)).rejects.toMatchObject({ code: 'not_found' });
});

test('a creator takes out what cannot be asked back any more, to the wei, and it is listed; a reorg takes the line back', async () => {
  await buyPass(passes, 1, PLAIN);
  await buyPass(passes, 1, RETURNABLE);
  const both = { freeWei: PRICE_WEI.toString(), escrowedWei: PRICE_WEI.toString(), owedWei: '0' };
  expect((await getProceeds(db, passes.creator))?.balance).toEqual(both);
  const before = await testChain.test.snapshot();
  const had = await testChain.client.getBalance({ address: passes.creator.address as Hex });

  const { calls, collection } = await planWithdrawal(db, passes.creator);
  expect(calls).toMatchObject([{ to: passes.collection, valueWei: '0', what: 'Sends what your passes earned to your wallet' }]);
  const { hash, status } = await sendCalls(calls, CREATOR_WALLET);
  expect(status).toBe('success');
  const { gasUsed, effectiveGasPrice } = await testChain.client.getTransactionReceipt({ hash });
  const have = await testChain.client.getBalance({ address: passes.creator.address as Hex });
  expect(have - had + gasUsed * effectiveGasPrice).toBe(PRICE_WEI);

  await index(db);
  const shown = await getProceeds(db, passes.creator);
  expect(shown).toMatchObject({ collection, balance: { ...both, freeWei: '0' }, takenWei: PRICE_WEI.toString() });
  expect(shown?.withdrawals).toMatchObject([{ to: passes.creator.address.toLowerCase(), wei: PRICE_WEI.toString(), txHash: hash }]);
  expect(await findSent(db, hash)).toEqual({ seen: true, path: null });
  expect(await listOwnTiers(db, passes.creator)).toHaveLength(2);

  await testChain.test.revert({ id: before });
  await testChain.mine(3);
  await index(db);
  expect(await getProceeds(db, passes.creator)).toMatchObject({ balance: both, takenWei: '0', withdrawals: [] });
});

test('in a process that never reached the chain, what is known of tiers and withdrawals stands', async () => {
  const held = globalThis as { intaglioChain?: object };
  const { intaglioChain: before } = held;
  held.intaglioChain = undefined;
  for (const call of ['getChainId', 'getBlockNumber'] as const) vi.spyOn(publicClient(), call).mockRejectedValue(new Error('no node'));
  try {
    expect(await listOwnTiers(db, passes.creator)).toHaveLength(2);
    expect(await getProceeds(db, passes.creator)).toMatchObject({ collection: passes.collection, balance: null, takenWei: '0' });
  } finally {
    held.intaglioChain = before;
  }
});

test('who a collection was handed over to takes it out, and nobody here', async () => {
  const heir = testChain.wallet(3);
  const request = encodeFunctionData({ abi: passCollectionAbi, functionName: 'requestOwnershipHandover' });
  const complete = encodeFunctionData({ abi: passCollectionAbi, functionName: 'completeOwnershipHandover', args: [heir.account.address] });
  await sendCalls([{ to: passes.collection, data: request, valueWei: '0' }], 3);
  expect(await sendCalls([{ to: passes.collection, data: complete, valueWei: '0' }], CREATOR_WALLET)).toMatchObject({ status: 'success' });
  await expect(planWithdrawal(db, passes.creator)).rejects.toMatchObject({ code: 'forbidden' });
});
