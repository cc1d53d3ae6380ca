import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { listHeldPasses } from './held-passes';
import { getModelPasses } from './model-passes';
import { ownRule } from './own-rule';
import { readPassId } from './pass-id';
import { findSent, getPassPage } from './pass-page';
import { planTransfer } from './plan-transfer';
import { buyPass, openPasses, type Passes, PRICE_WEI, person, sendBuy, sendCalls, setRule, testTier, untilHeadIsAsked } from './testing/pass-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader'), testTier('Bound', { transferable: false }), testTier('Bare', { terms: {} })]);
  await db.prisma.model.update({ where: { id: passes.modelId }, data: { status: 'published' } });
  await indexer.run(db);
});
afterAll(() => db.close());

test('a transaction is seen when the index has it, with the page of the pass it was about', async () => {
  const hash = await sendBuy(passes, 1);
  await testChain.mine();
  expect(await findSent(db, hash)).toEqual({ seen: false, path: null });
  await indexer.run(db);
  expect(await findSent(db, hash)).toEqual({ seen: true, path: `/passes/${passes.creator.address.toLowerCase()}/100000001` });
});

test('a pass that is given away leaves one’s page, and its own page tells where it went', async () => {
  const passId = await buyPass(passes, 2);
  await testChain.mine(4);
  await indexer.run(db);
  const [giver, receiver] = [await person(db, 2), await person(db, 3)];
  const [held] = await listHeldPasses(db, giver.address);
  expect(held).toMatchObject({ models: [{ slug: 'gated' }], runs: { total: 100, left: 100 }, wasUsed: false, pass: { passId } });
  await untilHeadIsAsked();
  const { calls } = await planTransfer(db, giver, { passId, to: receiver.address.toLowerCase() as `0x${string}` });
  expect(await sendCalls(calls, 2)).toMatchObject({ status: 'success' });
  await indexer.run(db);
  expect(await listHeldPasses(db, giver.address)).toEqual([]);
  expect(await listHeldPasses(db, receiver.address)).toMatchObject([{ runs: { left: 100 } }]);
  const token = readPassId(passId).tokenId.toString();
  const page = await getPassPage(db, { creator: passes.creator.address.toLowerCase() as `0x${string}`, token });
  const [from, to] = [giver.address.toLowerCase(), receiver.address.toLowerCase()];
  expect(page?.history.map(({ text }) => text)).toEqual([`Bought by ${from} for {${PRICE_WEI}}`, `Passed from ${from} to ${to}`]);
  expect(await getPassPage(db, { creator: giver.address.toLowerCase() as `0x${string}`, token })).toBeNull();
  await untilHeadIsAsked();
  await expect(planTransfer(db, giver, { passId, to: to as `0x${string}` })).rejects.toMatchObject({ code: 'pass_moved' });
});

test('what cannot be given is not planned: a pass that stays with its holder, or to a contract that cannot hold one', async () => {
  const [bound, free] = [await buyPass(passes, 4, 2), await buyPass(passes, 4)];
  await indexer.run(db);
  await untilHeadIsAsked();
  const [holder, to] = [await person(db, 4), (await person(db, 5)).address.toLowerCase() as `0x${string}`];
  await expect(planTransfer(db, holder, { passId: bound, to })).rejects.toMatchObject({
    code: 'wrong_state',
    message: expect.stringContaining('stay'),
  });
  const own = holder.address.toLowerCase() as `0x${string}`;
  await expect(planTransfer(db, holder, { passId: free, to: own })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(planTransfer(db, holder, { passId: free, to: passes.collection })).rejects.toMatchObject({
    code: 'wrong_state',
    message: expect.stringContaining('cannot hold'),
  });
});

test('a model’s page has its tiers, what access takes, and the visitor’s own passes with most runs first', async () => {
  await setRule(db, passes, { kind: 'pass', tiers: [1] });
  const anna = await person(db, 6);
  await buyPass(passes, 6, 3);
  await buyPass(passes, 6, 1);
  const expired = await buyPass(passes, 6, 1);
  await testChain.mine(4);
  await indexer.run(db);
  await db.prisma.passToken.update({ where: { id: expired }, data: { expiresAt: new Date(Date.now() - 1000) } });
  const shown = await getModelPasses(db, 'gated', anna);
  expect(shown.access).toEqual({ isPublic: false, ways: ['a pass: Reader'], earlyUntil: null });
  expect(shown.tiers.map(({ label }) => label).sort()).toEqual(['Bare', 'Bound', 'Reader']);
  expect(shown.own.map(({ tierLabel, runs }) => [tierLabel, runs.left])).toEqual([
    ['Reader', 100],
    ['Bare', 0],
  ]);
  expect((await getModelPasses(db, 'gated', null)).own).toEqual([]);
  expect(await getModelPasses(db, 'nothing', anna)).toEqual({
    access: { isPublic: true, ways: [], earlyUntil: null },
    tiers: [],
    own: [],
    purchases: [],
  });
});

test('the rule of a model is its creator’s to see', async () => {
  await expect(ownRule(db, await person(db, 6), 'gated')).rejects.toMatchObject({ code: 'not_found' });
  expect(await ownRule(db, passes.creator, 'gated')).toMatchObject({ rule: { kind: 'pass', tiers: [1] }, lists: [] });
});
