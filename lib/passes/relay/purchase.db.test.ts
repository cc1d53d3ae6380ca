import { encodeFunctionData, type Hex, parseEther } from 'viem';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { passCollectionAbi } from '@/lib/chain/abi/pass-collection';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { ASSET, balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { MAX_RELAYED_PRICE_WEI } from '@/lib/credits/price-relay';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { grantCredits, seedPerson } from '@/prisma/seed/people';
import { chainHandlers } from '../chain-handlers';
import { planSale } from '../plan-sale';
import { listPassesOf } from '../queries';
import { signRefund } from '../sign-refund';
import { CREATOR_WALLET, openPasses, type Passes, PRICE_WEI, person, sendBuy, sendCalls, testTier } from '../testing/pass-fixture';
import { openPurchaseQuote, sealPurchaseQuote } from './purchase-quote';
import { getPassRelay, listPurchases } from './queries';
import { quotePurchase } from './quote-purchase';
import { settlementHandlers } from './settlement-handlers';
import { startPurchase } from './start-purchase';

const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run: index } = createIndexer({ handlers: chainHandlers });
const sender = createSender({ handlers: settlementHandlers });
let passes: Passes;
/** Has credits and no ETH: an address that nobody holds the key of. */
let anna: Actor;
let relayer: Hex;

async function giveFinalCredits({ userId }: Actor, amountMillicredits: bigint): Promise<void> {
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref: newId(), userId, bucket: 'onchain', debit, amountMillicredits, code: 'deposit' });
  });
}

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  const tiers = [testTier('Reader'), testTier('Few', { cap: 2 }), testTier('Plain', { refundWindowSeconds: 0 })];
  passes = await openPasses(db, 'gated', tiers);
  anna = await seedPerson(db, '0x00000000000000000000000000000000000000d7');
  await giveFinalCredits(anna, 100_000_000n);
  relayer = (await houseKey(db, 'relayer')).signer.address;
  await testChain.test.setBalance({ address: relayer, value: parseEther('10') });
  await inTransaction(db.pool, async (tx) => {
    const [debit, credit] = [await openAccount(tx, 'float_source', 'house', { asset: ASSET.gwei }), await float()];
    await tx.query(`SELECT ledger.post($1, 0, $2, $3, 10000000000, 'float_in')`, [newId(), debit, credit]);
  });
  await index(db);
});
afterEach(async () => expect(await auditBooks(db)).toEqual([]));
afterAll(() => db.close());

const float = () => openAccount(db.pool, 'relayer_float', 'house', { asset: ASSET.gwei });
const floatGwei = async () => (await balanceOf(db.pool, await float())).posted;
async function turn(): Promise<void> {
  await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
  await sender.run(db);
}
/** Until what is queued is safe, and what the chain says is indexed. */
async function goOn(): Promise<void> {
  await turn();
  await testChain.mine(5);
  await turn();
  await turn();
  await index(db);
}
const ask = (who = anna, tierId = 1, to: Hex | null = null) => quotePurchase(db, who, { collection: passes.collection, tierId, to });
async function buy(who = anna, tierId = 1, to: Hex | null = null) {
  const { token, priceMillicredits, refundMillicredits } = await ask(who, tierId, to);
  const { id } = await startPurchase(db, who, { token });
  return { id, token, price: BigInt(priceMillicredits), refund: BigInt(refundMillicredits) };
}
const onchain = async (who = anna) => BigInt((await getBalance(db, who)).byBucket.onchain);
const held = async (who = anna) => BigInt((await getBalance(db, who)).heldMillicredits);
/** Of the newest purchase of a tier. */
async function state(who = anna, tierId = 1) {
  const newest = await db.prisma.passPurchase.findFirst({ where: { userId: who.userId, tierId }, orderBy: { createdAt: 'desc' } });
  return newest && getPassRelay(db, who, newest.id);
}
const shown = async () =>
  (await listPurchases(db, anna, { chainId: 31_337, creatorId: passes.creator.userId })).map(({ tierId, step }) => [tierId, step]);
/** The pass that was bought last, by the chain. */
const newestPass = async () => (await db.prisma.passToken.findFirstOrThrow({ orderBy: { blockNumber: 'desc' } })).id;

describe('a pass bought with credits', () => {
  test('is sent for by the house, goes to the collector, and is paid when it is safe', async () => {
    const [before, had] = [await onchain(), await floatGwei()];
    const { id, price } = await buy();
    expect([await onchain(), await held(), (await state())?.step]).toEqual([before - price, price, 'waiting']);
    await turn();
    expect([(await state())?.step, await shown()]).toEqual(['sent', [[1, 'sent']]]);
    await testChain.mine();
    await turn();
    expect((await state())?.step).toBe('seen');
    await goOn();
    const [pass] = await listPassesOf(db, anna.address);
    expect(await state()).toMatchObject({ id, step: 'safe', path: expect.stringContaining(`/${pass?.passId.split(':')[2]}`), problem: null });
    expect([await getPassRelay(db, passes.creator, id), await shown()]).toEqual([null, []]);
    expect([await onchain(), await held()]).toEqual([before - price, 0n]);
    expect(pass).toMatchObject({ holder: anna.address, tier: { label: 'Reader' } });
    expect((await listStatement(db, anna)).entries[0]).toMatchObject({ code: 'relay', ref: id, changeMillicredits: (-price).toString() });
    // Price and gas, to the gwei, and the quote covered both.
    const { costWei } = await db.prisma.chainTransaction.findFirstOrThrow({ where: { ref: id } });
    const cost = BigInt(costWei?.toFixed() ?? 0);
    expect(had - (await floatGwei())).toBe((cost + 999_999_999n) / 1_000_000_000n);
    expect(cost).toBeGreaterThan(PRICE_WEI);
    expect(price * 10n ** 18n).toBeGreaterThan(cost * 250_000n * 1000n);
  });

  test('is one, however often its quote is accepted, and may be somebody else’s', async () => {
    const gift = '0x00000000000000000000000000000000000000e9';
    const { token } = await ask(anna, 1, gift);
    const ids = await Promise.all(Array.from({ length: 5 }, () => startPurchase(db, anna, { token })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    await goOn();
    expect(await startPurchase(db, anna, { token })).toEqual(ids[0]);
    expect(await listPassesOf(db, gift)).toHaveLength(1);
    expect(await db.prisma.chainTransaction.count({ where: { purpose: 'relay-pass', state: 'queued' } })).toBe(0);
  });

  test('takes no credits that can be charged back, and no quote of others, that was changed, or whose time is over', async () => {
    const ben = await person(db, 2);
    await grantCredits(db, ben, 10_000_000n);
    const { token, spendableMillicredits } = await ask(ben);
    expect(spendableMillicredits).toBe('0');
    await expect(startPurchase(db, ben, { token })).rejects.toMatchObject({ code: 'insufficient_final_credits' });
    expect(await state(ben)).toBeNull();
    await expect(startPurchase(db, anna, { token })).rejects.toMatchObject({ code: 'quote_invalid' });
    await expect(startPurchase(db, ben, { token: `${token}x` })).rejects.toMatchObject({ code: 'quote_invalid' });
    const late = sealPurchaseQuote({ ...openPurchaseQuote(token, ben), expiresAtMs: Date.now() - 1 });
    await expect(startPurchase(db, ben, { token: late })).rejects.toMatchObject({ code: 'quote_expired' });
  });

  test('is sold no more often than the tier has places, counting what is on its way', async () => {
    const quotes = await Promise.all(Array.from({ length: 5 }, () => ask(anna, 2)));
    const results = await Promise.allSettled(quotes.map(({ token }) => startPurchase(db, anna, { token })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'pass_sold_out' } });
    await goOn();
    expect((await listPassesOf(db, anna.address)).filter(({ tier }) => tier.label === 'Few')).toHaveLength(2);
    await expect(ask(anna, 2)).rejects.toMatchObject({ code: 'pass_sold_out' });
  });
});

describe('a pass that could not be bought', () => {
  const setSale = async (priceWei: bigint, open = true) => {
    const { calls } = await planSale(db, passes.creator, { tierId: 3, priceWei: priceWei.toString(), open });
    await sendCalls(calls, CREATOR_WALLET);
  };

  test('gives the credits back at no cost where the price has changed, or the sale has closed, before it is sent', async () => {
    const [before, had] = [await onchain(), await floatGwei()];
    await buy(anna, 3);
    const late = (await ask(anna, 3)).token;
    await setSale(2n * PRICE_WEI);
    await expect(startPurchase(db, anna, { token: late })).rejects.toMatchObject({ code: 'pass_price_changed' });
    await turn();
    expect(await state(anna, 3)).toMatchObject({ step: 'failed', problem: expect.stringContaining('price') });
    expect(await shown()).toEqual([[3, 'failed']]);
    await buy(anna, 3);
    await setSale(2n * PRICE_WEI, false);
    await turn();
    expect(await state(anna, 3)).toMatchObject({ step: 'failed' });
    expect([await onchain(), await held(), await floatGwei()]).toEqual([before, 0n, had]);
    await expect(ask(anna, 3)).rejects.toMatchObject({ code: 'pass_sale_closed' });
    await setSale(MAX_RELAYED_PRICE_WEI + 1n);
    await expect(ask(anna, 3)).rejects.toMatchObject({ code: 'relay_too_dear' });
    await setSale(PRICE_WEI);
  });

  test('gives the credits back where it reverts in its block, and its gas is the house’s', async () => {
    const [before, had] = [await onchain(), await floatGwei()];
    await buy(anna, 3);
    await turn();
    expect((await state(anna, 3))?.step).toBe('sent');
    const { account, sendTransaction } = testChain.wallet(CREATOR_WALLET);
    const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'setSale', args: [3n, PRICE_WEI, false] });
    await sendTransaction({
      account,
      to: passes.collection,
      data,
      gas: 300_000n,
      maxPriorityFeePerGas: 50_000_000_000n,
      maxFeePerGas: 90_000_000_000n,
    });
    await goOn();
    expect([(await state(anna, 3))?.step, await onchain(), await held()]).toEqual(['failed', before, 0n]);
    expect(await floatGwei()).toBeLessThan(had);
    await setSale(PRICE_WEI);
  });
});

describe('a pass bought with credits that is given back', () => {
  /** Bought for Ben's wallet by Anna, who has credits, and returned by him. */
  async function giveBack() {
    const ben = await person(db, 2);
    const bought = await buy(anna, 1, ben.address.toLowerCase() as Hex);
    await goOn();
    const passId = await newestPass();
    const { calls } = await signRefund(db, ben, { passId });
    expect(await sendCalls(calls, 2)).toMatchObject({ status: 'success' });
    return { ...bought, passId };
  }

  test('returns the price in credits to whoever paid, once, at the confirmed depth, and the ETH to the relayer’s books', async () => {
    const { id, price, refund } = await giveBack();
    const [before, had] = [await onchain(), await floatGwei()];
    await index(db);
    expect([await onchain(), await floatGwei()]).toEqual([before, had]);
    await testChain.mine(5);
    await index(db);
    await testChain.mine();
    await index(db);
    expect([await onchain(), await floatGwei()]).toEqual([before + refund, had + PRICE_WEI / 1_000_000_000n]);
    expect(refund).toBeLessThan(price);
    expect((await listStatement(db, anna)).entries[0]).toMatchObject({ code: 'relay_refund', ref: id, changeMillicredits: refund.toString() });
    // What the relayer has is what the books say, but for gas that was rounded up.
    const have = (await testChain.client.getBalance({ address: relayer })) / 1_000_000_000n;
    expect(Number(have - (await floatGwei()))).toBeLessThan(10);
    expect(have).toBeGreaterThanOrEqual(await floatGwei());
  });

  test('a reorg that undoes the return takes both back, and one that brings it again gives them again', async () => {
    const bought = await buy(anna, 1, (await person(db, 2)).address.toLowerCase() as Hex);
    await goOn();
    const before = await testChain.test.snapshot();
    const passId = await newestPass();
    const { calls } = await signRefund(db, await person(db, 2), { passId });
    const [had, gwei] = [await onchain(), await floatGwei()];
    for (let round = 0; round < 2; round++) {
      await sendCalls(calls, 2);
      await testChain.mine(5);
      await index(db);
      expect([await onchain(), await floatGwei()]).toEqual([had + bought.refund, gwei + PRICE_WEI / 1_000_000_000n]);
      if (round === 1) break;
      await testChain.test.revert({ id: before });
      await testChain.mine(7);
      await index(db);
      expect([await onchain(), await floatGwei()]).toEqual([had, gwei]);
      expect(await auditBooks(db)).toEqual([]);
    }
  });

  test('what others buy and give back is nobody’s credits', async () => {
    const ben = await person(db, 2);
    await sendBuy(passes, 2);
    await testChain.mine(4);
    await index(db);
    const pass = (await listPassesOf(db, ben.address)).find(({ isRefunded }) => !isRefunded);
    const before = await db.prisma.passPayback.count();
    const { calls } = await signRefund(db, ben, { passId: pass?.passId ?? '' });
    await sendCalls(calls, 2);
    await testChain.mine(5);
    await index(db);
    expect(await db.prisma.passPayback.count()).toBe(before);
  });
});
