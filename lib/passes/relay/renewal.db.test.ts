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
import { grantCredits } from '@/prisma/seed/people';
import { chainHandlers } from '../chain-handlers';
import { planSale } from '../plan-sale';
import { getPass } from '../queries';
import { signRefund } from '../sign-refund';
import { buyPass, CREATOR_WALLET, givePass, openPasses, type Passes, PRICE_WEI, person, sendCalls, testTier } from '../testing/pass-fixture';
import { getPassRelay, listRenewals } from './queries';
import { quoteRenewal } from './quote-renewal';
import { openRenewalQuote, sealRenewalQuote } from './renewal-quote';
import { settlementHandlers } from './settlement-handlers';
import { startRenewal } from './start-renewal';

const MONTH_MS = 30 * 86_400_000;
const [PLAIN, RETURNABLE, FOREVER] = [1, 2, 3];
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { run: index } = createIndexer({ handlers: chainHandlers });
const sender = createSender({ handlers: settlementHandlers });
let passes: Passes;
let anna: Actor;
let ben: Actor;
/** Anna's. */
let passId: string;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  const tiers = [testTier('Plain', { refundWindowSeconds: 0 }), testTier('Returnable'), testTier('Forever', { durationSeconds: 0 })];
  passes = await openPasses(db, 'gated', tiers);
  [anna, ben] = [await person(db, 1), await person(db, 2)];
  const relayer = (await houseKey(db, 'relayer')).signer.address;
  await testChain.test.setBalance({ address: relayer, value: parseEther('10') });
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    for (const { userId } of [anna, ben])
      await creditCollector(tx, { ref: newId(), userId, bucket: 'onchain', debit, amountMillicredits: 100_000_000n, code: 'deposit' });
    const source = await openAccount(tx, 'float_source', 'house', { asset: ASSET.gwei });
    await tx.query(`SELECT ledger.post($1, 0, $2, $3, 10000000000, 'float_in')`, [newId(), source, await float()]);
  });
  passId = await buyPass(passes, 1, PLAIN);
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
const ask = (who = anna, times = 1, id = passId) => quoteRenewal(db, who, { passId: id, times });
async function renew(who = anna, times = 1) {
  const { token, priceMillicredits } = await ask(who, times);
  return { token, price: BigInt(priceMillicredits), ...(await startRenewal(db, who, { token })) };
}
const money = async (who = anna) => {
  const { byBucket, heldMillicredits } = await getBalance(db, who);
  return [BigInt(byBucket.onchain), BigInt(heldMillicredits)];
};
const endsAt = async () => Date.parse((await getPass(db, passId))?.expiresAt ?? '');
const states = () => db.prisma.passRenewal.findMany({ select: { state: true, error: true }, orderBy: { createdAt: 'desc' } });
const setSale = async (priceWei: bigint, open = true) => {
  const { calls } = await planSale(db, passes.creator, { tierId: PLAIN, priceWei: priceWei.toString(), open });
  await sendCalls(calls, CREATOR_WALLET);
};

describe('a pass renewed with credits', () => {
  test('lasts as many times longer, by the chain, and is paid when that is safe', async () => {
    const [[before = 0n], until, had] = [await money(), await endsAt(), await floatGwei()];
    const { id, price } = await renew(anna, 3);
    expect(await money()).toEqual([before - price, price]);
    expect(await listRenewals(db, anna)).toMatchObject([{ id, passId, step: 'waiting', isGift: false, path: null }]);
    expect([await listRenewals(db, ben), await getPassRelay(db, ben, id)]).toEqual([[], null]);
    await goOn();
    expect(await endsAt()).toBe(until + 3 * MONTH_MS);
    expect(await money()).toEqual([before - price, 0n]);
    expect(await getPassRelay(db, anna, id)).toMatchObject({ step: 'safe', path: expect.stringContaining('/100000001'), problem: null });
    expect(await listRenewals(db, anna)).toEqual([]);
    expect((await listStatement(db, anna)).entries[0]).toMatchObject({ code: 'relay', ref: id, changeMillicredits: (-price).toString() });
    const { costWei } = await db.prisma.chainTransaction.findFirstOrThrow({ where: { ref: id } });
    const cost = BigInt(costWei?.toFixed() ?? 0);
    expect(had - (await floatGwei())).toBe((cost + 999_999_999n) / 1_000_000_000n);
    expect(cost).toBeGreaterThan(3n * PRICE_WEI);
    expect(price * 10n ** 18n).toBeGreaterThan(cost * 250_000n * 1000n);
  });

  test('is one, however often its quote is accepted, and one at a time for each who pays; two who pay add twice', async () => {
    const [[before = 0n], until] = [await money(), await endsAt()];
    const [first, second] = [await ask(), await ask()];
    const results = await Promise.allSettled([first, first, second, second, first].map(({ token }) => startRenewal(db, anna, { token })));
    const [started, refused] = [results.filter(({ status }) => status === 'fulfilled'), results.filter(({ status }) => status === 'rejected')];
    expect(new Set(started.map((result) => (result as PromiseFulfilledResult<{ id: string }>).value.id)).size).toBe(1);
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'renewal_under_way' } });
    expect(refused.length).toBeGreaterThanOrEqual(2);
    // Anyone may pay for a pass of another.
    const gift = await renew(ben);
    expect(await getPassRelay(db, ben, gift.id)).toMatchObject({ isGift: true });
    await goOn();
    await goOn();
    expect(await endsAt()).toBe(until + 2 * MONTH_MS);
    expect(await money()).toEqual([before - BigInt(first.priceMillicredits), 0n]);
    await renew();
    await goOn();
    expect(await endsAt()).toBe(until + 3 * MONTH_MS);
  });

  test('takes no credits that can be charged back, and no quote of others, that was changed, or whose time is over', async () => {
    const carl = await person(db, 3);
    await grantCredits(db, carl, 10_000_000n);
    const { token, spendableMillicredits } = await ask(carl);
    expect(spendableMillicredits).toBe('0');
    await expect(startRenewal(db, carl, { token })).rejects.toMatchObject({ code: 'insufficient_final_credits' });
    await expect(startRenewal(db, anna, { token })).rejects.toMatchObject({ code: 'quote_invalid' });
    await expect(startRenewal(db, carl, { token: `${token}x` })).rejects.toMatchObject({ code: 'quote_invalid' });
    const late = sealRenewalQuote({ ...openRenewalQuote(token, carl), expiresAtMs: Date.now() - 1 });
    await expect(startRenewal(db, carl, { token: late })).rejects.toMatchObject({ code: 'quote_expired' });
    expect(await db.prisma.passRenewal.count({ where: { userId: carl.userId } })).toBe(0);
  });
});

describe('a pass that cannot be renewed with credits', () => {
  test('is none, never ends, may still be given back, or costs more than the house sends', async () => {
    const [returnable, forever] = [await buyPass(passes, 1, RETURNABLE), await buyPass(passes, 1, FOREVER)];
    for (const id of [returnable, forever]) await expect(ask(anna, 1, id)).rejects.toMatchObject({ code: 'pass_not_renewable' });
    for (const id of [passId.replace(/\d$/, '9'), passId.replace('31337', '1')]) {
      await expect(ask(anna, 1, id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await setSale(MAX_RELAYED_PRICE_WEI / 2n);
    await expect(ask(anna, 3)).rejects.toMatchObject({ code: 'relay_too_dear' });
    expect((await ask(anna, 2)).renewalWei).toBe(MAX_RELAYED_PRICE_WEI.toString());
    await setSale(PRICE_WEI);
  });

  test('gives the credits back at no cost where price, sale or holder have changed before it is sent', async () => {
    const [before, had] = [await money(), await floatGwei()];
    const late = (await ask()).token;
    await renew();
    await setSale(2n * PRICE_WEI);
    await expect(startRenewal(db, anna, { token: late })).rejects.toMatchObject({ code: 'pass_price_changed' });
    await turn();
    expect((await states())[0]).toEqual({ state: 'released', error: 'pass_price_changed' });
    expect(await listRenewals(db, anna)).toMatchObject([{ passId, step: 'failed', problem: expect.stringContaining('price') }]);

    await renew();
    await setSale(2n * PRICE_WEI, false);
    await turn();
    expect((await states())[0]).toEqual({ state: 'released', error: 'pass_not_renewable' });
    await setSale(PRICE_WEI);

    const kept = (await ask()).token;
    await renew();
    await givePass(passes, 100_000_001n, 1, 2);
    await turn();
    expect((await states())[0]).toEqual({ state: 'released', error: 'pass_moved' });
    await expect(startRenewal(db, anna, { token: kept })).rejects.toMatchObject({ code: 'pass_moved' });
    await givePass(passes, 100_000_001n, 2, 1);
    expect([await money(), await floatGwei()]).toEqual([before, had]);
  });

  test('gives the credits back where it reverts in its block, and its gas is the house’s', async () => {
    const [before, until, had] = [await money(), await endsAt(), await floatGwei()];
    await renew();
    await turn();
    const data = encodeFunctionData({ abi: passCollectionAbi, functionName: 'setSale', args: [BigInt(PLAIN), PRICE_WEI, false] });
    const fees = { gas: 300_000n, maxPriorityFeePerGas: 50_000_000_000n, maxFeePerGas: 90_000_000_000n };
    await testChain.wallet(CREATOR_WALLET).sendTransaction({ to: passes.collection as Hex, data, ...fees });
    await goOn();
    expect((await states())[0]?.state).toBe('released');
    expect([await money(), await endsAt()]).toEqual([before, until]);
    expect(await floatGwei()).toBeLessThan(had);
    await setSale(PRICE_WEI);
  });
});

test('what was renewed is never given back: it could only be renewed when that was over', async () => {
  const returnable = await buyPass(passes, 1, RETURNABLE);
  await testChain.test.increaseTime({ seconds: 3 * 86_400 + 1 });
  await testChain.mine();
  await index(db);
  const { token } = await ask(anna, 1, returnable);
  await startRenewal(db, anna, { token });
  await goOn();
  await expect(signRefund(db, anna, { passId: returnable })).rejects.toMatchObject({ code: 'refund_closed' });
  expect(await db.prisma.passPayback.count()).toBe(0);
});

test('a renewal without its hold and its transaction is a contradiction in the books', async () => {
  const [id, about] = [newId(), { chainId: 31_337, collection: passes.collection, passId, times: 1, holder: anna.address.toLowerCase() }];
  await db.prisma.passRenewal.create({ data: { id, userId: anna.userId, ...about, priceWei: 1, priceMillicredits: 1 } });
  expect(await auditBooks(db)).toEqual([{ what: 'pass renewal open, hold none, transaction none', id }]);
  await expect(db.prisma.passRenewal.update({ where: { id }, data: { times: 2 } })).rejects.toThrow();
  await db.prisma.passRenewal.delete({ where: { id } });
});
