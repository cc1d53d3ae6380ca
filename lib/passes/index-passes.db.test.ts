import { zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { readPassId } from './pass-id';
import { planPurchase, planRenewal } from './plan-purchase';
import { planCap, planSale } from './plan-sale';
import { planTiers } from './plan-tiers';
import { getPass, listPassesOf, listTiers } from './queries';
import { setTerms } from './set-terms';
import { buyPass, CREATOR_WALLET, givePass, openPasses, type Passes, PRICE_WEI, person, sendBuy, sendCalls, testTier } from './testing/pass-fixture';
import { termsInput, tiersInput } from './tier-schema';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [
    testTier('Reader'),
    testTier('Maker', { refundWindowSeconds: 0, durationSeconds: 0, transferable: false }),
  ]);
  await indexer.run(db);
});
afterAll(() => db.close());

const rows = async () => ({
  tiers: await db.prisma.passTier.findMany({ orderBy: { tierId: 'asc' } }),
  tokens: await db.prisma.passToken.findMany({ orderBy: { id: 'asc' } }),
});
const tierOf = async (tierId: number) => (await listTiers(db, passes.modelId)).find((tier) => tier.tierId === tierId);

test('tiers are as their contract says, with what they include here', async () => {
  expect(await tierOf(1)).toMatchObject({
    ...{ label: 'Reader', priceWei: PRICE_WEI.toString(), durationSeconds: 2_592_000, refundWindowSeconds: 259_200, cap: 100, left: 100, open: true },
    ...{ transferable: true, terms: { includedRuns: 100, models: [] } },
  });
  expect(await tierOf(2)).toMatchObject({ label: 'Maker', durationSeconds: 0, transferable: false });
});

test('a gift is the receiver’s and remembers who paid; one whose tier never ends has no end', async () => {
  const [anna, ben] = [await person(db, 1), await person(db, 2)];
  const { calls } = await planPurchase(db, anna, { collection: passes.collection, tierId: 2, to: ben.address });
  expect(calls).toMatchObject([{ valueWei: PRICE_WEI.toString(), what: `Buys a pass for ${ben.address}` }]);
  expect(Number(calls[0]?.gas)).toBeGreaterThan(50_000);
  expect(await sendCalls(calls, 1)).toMatchObject({ status: 'success' });
  await indexer.run(db);
  expect(await listPassesOf(db, ben.address)).toMatchObject([{ number: 1, expiresAt: null, tier: { label: 'Maker', sold: 1, left: 99 } }]);
  expect(await db.prisma.passToken.findFirstOrThrow({ where: { holder: ben.address } })).toMatchObject({ payer: anna.address, tierId: 2 });
});

test('bought, moved, renewed and cancelled in one block, a pass is what it was last', async () => {
  const [carl, dora] = [testChain.wallet(3), testChain.wallet(4)];
  const renewable = await planTiers(db, passes.creator, tiersInput.parse({ name: 'gated', tiers: [testTier('Guest', { refundWindowSeconds: 0 })] }));
  await sendCalls(renewable.calls, CREATOR_WALLET);
  const contract = { address: passes.collection, abi: passCollectionAbi, gas: 300_000n } as const;
  const tokenId = 300_000_001n;
  await sendBuy(passes, 3, 3);
  const nonce = (await testChain.client.getTransactionCount({ address: carl.account.address })) + 1;
  await carl.writeContract({ ...contract, functionName: 'renewSubscription', args: [tokenId, 2_592_000n], value: PRICE_WEI, nonce });
  await carl.writeContract({
    ...contract,
    functionName: 'transferFrom',
    args: [carl.account.address, dora.account.address, tokenId],
    nonce: nonce + 1,
  });
  await testChain.mine();
  await indexer.run(db);
  const pass = await getPass(db, `31337:${passes.collection}:${tokenId}`);
  expect(pass).toMatchObject({ holder: dora.account.address.toLowerCase(), isRefunded: false, refundableUntil: null });
  expect(Date.parse(pass?.expiresAt ?? '') - Date.parse(pass?.boughtAt ?? '')).toBe(2 * 2_592_000_000);
  await dora.writeContract({ ...contract, functionName: 'cancelSubscription', args: [tokenId] });
  await testChain.mine();
  await indexer.run(db);
  expect(await getPass(db, `31337:${passes.collection}:${tokenId}`)).toMatchObject({ expiresAt: new Date(0).toISOString() });
});

test('a reorg takes back purchases, moves, sales and tiers, and the chain’s new blocks are what counts', async () => {
  const first = await buyPass(passes, 5);
  await indexer.run(db);
  const before = await rows();
  const saved = await testChain.test.snapshot();

  await givePass(passes, readPassId(first).tokenId, 5, 6);
  await buyPass(passes, 5);
  await sendCalls((await planSale(db, passes.creator, { tierId: 1, priceWei: '7', open: true })).calls, CREATOR_WALLET);
  await sendCalls((await planTiers(db, passes.creator, tiersInput.parse({ name: 'gated', tiers: [testTier('Late')] }))).calls, CREATOR_WALLET);
  await indexer.run(db);
  expect(await getPass(db, first)).toMatchObject({ holder: (await person(db, 6)).address });
  expect(await tierOf(1)).toMatchObject({ priceWei: '7', sold: 2 });
  expect(await tierOf(4)).toMatchObject({ label: 'Late' });

  await testChain.test.revert({ id: saved });
  await testChain.mine();
  await indexer.run(db);
  expect(await rows()).toEqual(before);
  // The number of the pass that is gone is given to another buyer.
  const again = await buyPass(passes, 7);
  await indexer.run(db);
  expect(await getPass(db, again)).toMatchObject({ number: 2, holder: (await person(db, 7)).address });
});

test('terms that were planned for another tier than the one that came do not count', async () => {
  const planned = await planTiers(db, passes.creator, tiersInput.parse({ name: 'gated', tiers: [testTier('Planned')] }));
  await planTiers(db, passes.creator, tiersInput.parse({ name: 'gated', tiers: [testTier('Other', { terms: { includedRuns: 900 } })] }));
  await sendCalls(planned.calls, CREATOR_WALLET);
  await indexer.run(db);
  expect(await tierOf(4)).toMatchObject({ label: 'Planned', terms: { includedRuns: 0 } });
  await setTerms(db, passes.creator, { tierId: 4, terms: termsInput.parse({ includedRuns: 100 }) });
  expect(await tierOf(4)).toMatchObject({ terms: { includedRuns: 100 } });
});

test('terms become less only while the tier is unsold and closed, by the chain', async () => {
  const less = { tierId: 4, terms: termsInput.parse({ includedRuns: 50 }) };
  await expect(setTerms(db, passes.creator, less)).rejects.toMatchObject({ code: 'worse_terms', details: { fields: { includedRuns: 'is less' } } });
  await sendCalls((await planSale(db, passes.creator, { tierId: 4, priceWei: PRICE_WEI.toString(), open: false })).calls, CREATOR_WALLET);
  await setTerms(db, passes.creator, less);
  await sendCalls((await planSale(db, passes.creator, { tierId: 4, priceWei: PRICE_WEI.toString(), open: true })).calls, CREATOR_WALLET);
  await buyPass(passes, 7, 4);
  await sendCalls((await planSale(db, passes.creator, { tierId: 4, priceWei: PRICE_WEI.toString(), open: false })).calls, CREATOR_WALLET);
  // The index has not seen the purchase; the chain has.
  await expect(setTerms(db, passes.creator, { tierId: 4, terms: termsInput.parse({ includedRuns: 49 }) })).rejects.toMatchObject({
    code: 'worse_terms',
  });
  await setTerms(db, passes.creator, { tierId: 4, terms: termsInput.parse({ includedRuns: 51 }) });
  await indexer.run(db);
});

test('what cannot be bought or renewed now is said before a wallet is asked', async () => {
  const anna = await person(db, 1);
  const { collection } = passes;
  await expect(planPurchase(db, anna, { collection, tierId: 4, to: null })).rejects.toMatchObject({ code: 'pass_sale_closed' });
  await expect(planPurchase(db, anna, { collection, tierId: 30, to: null })).rejects.toMatchObject({ code: 'not_found' });
  await expect(planPurchase(db, anna, { collection: zeroAddress, tierId: 1, to: null })).rejects.toMatchObject({ code: 'not_found' });
  await sendCalls((await planCap(db, passes.creator, { tierId: 1, cap: 2 })).calls, CREATOR_WALLET);
  await expect(planPurchase(db, anna, { collection, tierId: 1, to: null })).rejects.toMatchObject({ code: 'pass_sold_out' });
  await expect(planCap(db, passes.creator, { tierId: 1, cap: 3 })).rejects.toMatchObject({ code: 'wrong_state' });
  await expect(planCap(db, anna, { tierId: 1, cap: 1 })).rejects.toMatchObject({ code: 'not_found' });
  // While it can be given back it is not renewed.
  await expect(planRenewal(db, anna, { passId: `31337:${collection}:100000001`, times: 1 })).rejects.toMatchObject({ code: 'pass_not_renewable' });
  const { calls } = await planRenewal(db, anna, { passId: `31337:${collection}:300000001`, times: 2 });
  expect(await sendCalls(calls, 1)).toMatchObject({ status: 'success' });
  await indexer.run(db);
  expect(Date.parse((await getPass(db, `31337:${collection}:300000001`))?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 59 * 86_400_000);
});
