import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { platformSigner } from '@/lib/keys/sealed-keys';
import { chainHandlers } from './chain-handlers';
import { readPassId } from './pass-id';
import { getPass } from './queries';
import { signRefund } from './sign-refund';
import { buyPass, givePass, openPasses, type Passes, PRICE_WEI, person, sendBuy, sendCalls, testTier } from './testing/pass-fixture';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const indexer = createIndexer({ handlers: chainHandlers });
let passes: Passes;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [
    testTier('Reader'),
    testTier('Final', { refundWindowSeconds: 0 }),
    testTier('Brief', { refundWindowSeconds: 600 }),
  ]);
  await indexer.run(db);
});
afterAll(() => db.close());

async function bought(wallet: number, tierId = 1): Promise<{ who: Actor; passId: string }> {
  const passId = await buyPass(passes, wallet, tierId);
  await indexer.run(db);
  return { who: await person(db, wallet), passId };
}
const freezeOf = (passId: string) => db.prisma.passFreeze.findFirst({ where: { passId } });

test('an unused pass is given back for what was paid; until the statement has run out, it takes no runs', async () => {
  const { who, passId } = await bought(1);
  const { calls, deadline } = await signRefund(db, who, { passId });
  expect(deadline - Date.now() / 1000).toBeGreaterThan(800);
  expect((await freezeOf(passId))?.until?.getTime()).toBeGreaterThan(deadline * 1000);
  const inContract = () => testChain.client.getBalance({ address: passes.collection });
  const before = await inContract();
  expect(await sendCalls(calls, 1)).toMatchObject({ status: 'success' });
  expect(before - (await inContract())).toBe(PRICE_WEI);
  await indexer.run(db);
  expect(await getPass(db, passId)).toMatchObject({ isRefunded: true, tier: { sold: 0, left: 100 } });
  await expect(signRefund(db, who, { passId })).rejects.toMatchObject({ code: 'pass_moved' });
});

test('the holder of now gives it back, whatever the index says, and the money goes to who paid', async () => {
  const { who, passId } = await bought(2);
  const stale = await signRefund(db, who, { passId });
  await givePass(passes, readPassId(passId).tokenId, 2, 3);
  // A statement does not travel with the pass.
  await expect(signRefund(db, who, { passId })).rejects.toMatchObject({ code: 'pass_moved' });
  expect(await sendCalls(stale.calls, 2)).toMatchObject({ status: 'reverted' });
  expect(await sendCalls(stale.calls, 3)).toMatchObject({ status: 'reverted' });
  const before = await testChain.client.getBalance({ address: who.address });
  expect(await sendCalls((await signRefund(db, await person(db, 3), { passId })).calls, 3)).toMatchObject({ status: 'success' });
  expect((await testChain.client.getBalance({ address: who.address })) - before).toBe(PRICE_WEI);
  await indexer.run(db);
});

test('a pass without a window is not taken back, and neither is one that is not there', async () => {
  const { who, passId } = await bought(4, 2);
  await expect(signRefund(db, who, { passId })).rejects.toMatchObject({ code: 'refund_closed' });
  expect(await freezeOf(passId)).toBeNull();
  await expect(signRefund(db, who, { passId: `31337:${passes.collection}:100000077` })).rejects.toMatchObject({ code: 'not_found' });
});

test('a statement ends with the window', async () => {
  const { who, passId } = await bought(5, 3);
  const { boughtAt } = await db.prisma.passToken.findUniqueOrThrow({ where: { id: passId } });
  const { deadline, calls } = await signRefund(db, who, { passId });
  expect(deadline).toBe(boughtAt.getTime() / 1000 + 600);
  await testChain.test.setNextBlockTimestamp({ timestamp: BigInt(deadline + 1) });
  await sendBuy(passes, 6);
  await testChain.mine();
  await expect(signRefund(db, who, { passId })).rejects.toMatchObject({ code: 'refund_closed' });
  expect(await sendCalls(calls, 5)).toMatchObject({ status: 'reverted' });
});
