import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { releaseHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { mustPost } from '@/lib/credits/post-transfer';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { newId } from '@/lib/ids';
import { disputedCaptures } from './queries';
import { settleAllDebts } from './settle-debts';
import { syncPurchase } from './sync-purchase';
import {
  booksOf,
  buy,
  type CardShop,
  deliverAll,
  houseBalance,
  isFrozen,
  openCardShop,
  type Purchase,
  signUp,
  spend,
  today,
} from './testing/card-shop';

let shop: CardShop;
let actor: Actor;
let creator: Actor;
let purchase: Purchase;
/** What the house had sold by card before the test. */
let clearing = 0n;

const act = async (name: string, input: Record<string, unknown> = {}) => {
  const done = shop.simulator.act(name, { id: purchase.id, ...input } as never) as { id: string };
  await deliverAll(shop, purchase);
  return done;
};
const dispute = (terms: object = {}) => act('dispute', { terms });
const step = (id: string, to: string) => act('step-dispute', { id, step: to });
const books = () => booksOf(shop, [actor.userId, creator.userId], purchase.id);
const sold = async () => clearing - (await houseBalance(shop, 'card_clearing'));
const available = async () => (await getBalance(shop.db, actor)).availableMillicredits;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  clearing = await houseBalance(shop, 'card_clearing');
  actor = await signUp(shop);
  creator = await signUp(shop);
  purchase = await buy(shop, actor, { packId: 'c500' });
  await deliverAll(shop, purchase);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

describe('a refund', () => {
  test('in part takes its part of the unspent credits, and several take all of them to the last thousandth', async () => {
    await act('refund', { amount: 167 });
    expect(await available()).toBe('333000');
    await act('refund', { amount: 166 });
    await act('refund');
    expect([await available(), await sold()]).toEqual(['0', 0n]);
    expect(await isFrozen(shop, actor)).toBe(false);
  });

  test('after spending takes other purchased credits before anything is owed', async () => {
    await spend(shop, actor, 200_000n, creator.userId);
    const other = await buy(shop, actor);
    await deliverAll(shop, other);
    await act('refund');
    expect(await books()).toMatchObject({ collector_purchased: '300000', 'creator_pending 1': '180000' });
    expect(await getBalance(shop.db, actor)).toMatchObject({ owedMillicredits: '0', frozen: false });
  });

  test('takes unspent bonus in proportion and asks nothing for bonus that was spent', async () => {
    purchase = await buy(shop, actor, { packId: 'c2000' });
    await deliverAll(shop, purchase);
    await spend(shop, actor, 80_000n, creator.userId);
    await act('refund', { amount: 1_000 });
    const { byBucket, owedMillicredits } = await getBalance(shop.db, actor);
    expect([byBucket, owedMillicredits]).toEqual([{ purchased: '1500000', bonus: '0', onchain: '0' }, '0']);
  });

  test('that fails gives back what it took, and forgives the debt it made', async () => {
    await spend(shop, actor, 200_000n, creator.userId);
    const before = await books();
    const refund = await act('refund');
    expect(await getBalance(shop.db, actor)).toMatchObject({ owedMillicredits: '200000', frozen: true });
    await act('fail-refund', { id: refund.id });
    expect([await books(), await isFrozen(shop, actor), await sold()]).toEqual([before, false, 500_000n]);
  });
});

describe('a dispute over credits that were spent', () => {
  test('takes aside what is unspent and what creators have not matured, and freezes; won, all is as before', async () => {
    const run = await spend(shop, actor, 200_000n, creator.userId);
    const before = await books();
    const { id } = await dispute();
    expect(await books()).toEqual({ dispute_reserve: '480000' });
    await expect(holdCredits(shop.db.pool, { id: newId(), userId: actor.userId, amountMillicredits: 1n, ttlSeconds: 9 })).rejects.toMatchObject({
      code: 'spending_frozen',
    });
    expect(await disputedCaptures(shop.db.pool, [run, newId()])).toEqual(new Set([run]));
    await step(id, 'submit');
    await step(id, 'win');
    expect([await books(), await isFrozen(shop, actor), await sold()]).toEqual([before, false, 500_000n]);
    expect((await disputedCaptures(shop.db.pool, [run])).size).toBe(0);
  });

  test('lost: the unspent part is gone, the rest is owed, the earnings stay aside; repaid, the creator has them', async () => {
    const run = await spend(shop, actor, 200_000n, creator.userId);
    const { id } = await dispute();
    await step(id, 'lose');
    expect(await books()).toEqual({ dispute_reserve: '180000', collector_debt: '-200000' });
    expect([await isFrozen(shop, actor), await sold()]).toEqual([true, 0n]);
    expect((await disputedCaptures(shop.db.pool, [run])).size).toBe(1);
    const again = await buy(shop, actor);
    await deliverAll(shop, again);
    await settleAllDebts(shop.db);
    expect(await books()).toEqual({ collector_purchased: '300000', 'creator_pending 1': '180000' });
    expect([await isFrozen(shop, actor), (await disputedCaptures(shop.db.pool, [run])).size]).toEqual([false, 0]);
  });

  test('lost and then won on appeal: as if it had never been lost', async () => {
    await spend(shop, actor, 200_000n, creator.userId);
    const before = await books();
    const { id } = await dispute();
    await step(id, 'lose');
    await step(id, 'appeal');
    expect(await isFrozen(shop, actor)).toBe(true);
    await step(id, 'win');
    expect([await books(), await isFrozen(shop, actor), await sold()]).toEqual([before, false, 500_000n]);
  });

  test('lost, repaid, then won on appeal: what was repaid is the collector’s again', async () => {
    await spend(shop, actor, 200_000n, creator.userId);
    const { id } = await dispute();
    await step(id, 'lose');
    const again = await buy(shop, actor);
    await deliverAll(shop, again);
    await settleAllDebts(shop.db);
    await step(id, 'win');
    expect(await books()).toEqual({ collector_purchased: '800000', 'creator_pending 1': '180000' });
  });

  test('of a creator who was paid out: they keep it, nothing of it is held, and the collector owes it', async () => {
    await spend(shop, actor, 200_000n, creator.userId);
    const pending = await openAccount(shop.db.pool, 'creator_pending', creator.userId, { sub: today() });
    const matured = await openAccount(shop.db.pool, 'creator_available', creator.userId);
    const paid = await openAccount(shop.db.pool, 'paid_out', creator.userId);
    await mustPost(shop.db.pool, { ref: newId(), debit: pending, credit: matured, amountMillicredits: 180_000n, code: 'matured' });
    await mustPost(shop.db.pool, { ref: newId(), debit: matured, credit: paid, amountMillicredits: 100_000n, code: 'payout' });
    const { id } = await dispute();
    expect(await books()).toEqual({ dispute_reserve: '300000', 'creator_available 1': '80000', 'paid_out 1': '100000' });
    await step(id, 'lose');
    expect(await books()).toEqual({ collector_debt: '-200000', 'creator_available 1': '80000', 'paid_out 1': '100000' });
  });

  test('that a run was still under way for takes what comes back of it, too', async () => {
    const run = newId();
    await holdCredits(shop.db.pool, { id: run, userId: actor.userId, amountMillicredits: 100_000n, ttlSeconds: 60 });
    const { id } = await dispute();
    expect(await books()).toEqual({ collector_purchased: '100000', dispute_reserve: '400000' });
    await releaseHold(shop.db.pool, run);
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await books()).toEqual({ dispute_reserve: '500000' });
    await step(id, 'lose');
    expect([await books(), await sold()]).toEqual([{}, 0n]);
  });
});

describe('which disputes move what', () => {
  test('an inquiry moves nothing; escalated it does', async () => {
    const before = await books();
    const { id } = await dispute({ inquiry: true });
    expect([await books(), await isFrozen(shop, actor)]).toEqual([before, false]);
    await step(id, 'escalate');
    expect(await books()).toEqual({ dispute_reserve: '500000' });
    await step(id, 'win');
    expect(await books()).toEqual(before);
  });

  test('an inquiry that closes, and a dispute that was prevented, end without a trace', async () => {
    const before = await books();
    const { id } = await dispute({ inquiry: true });
    await step(id, 'close_inquiry');
    await step((await dispute({ inquiry: true })).id, 'prevent');
    expect([await books(), await isFrozen(shop, actor)]).toEqual([before, false]);
  });

  test('one over a part takes that part, unspent credits first, then the newest spends', async () => {
    await spend(shop, actor, 100_000n, creator.userId);
    const late = await signUp(shop);
    await spend(shop, actor, 350_000n, late.userId);
    const { id } = await dispute({ amount: 250 });
    // 50 unspent, then 200 of the newest run: its fee first, which the house forgoes, then the creator's share.
    expect(await booksOf(shop, [actor.userId, creator.userId, late.userId], purchase.id)).toMatchObject({
      'creator_pending 1': '90000',
      'creator_pending 2': '150000',
      dispute_reserve: '215000',
    });
    await syncPurchase(shop.db, shop.api, purchase.id);
    await step(id, 'lose');
    expect(await books()).toMatchObject({ collector_debt: '-200000', dispute_reserve: '165000' });
    expect(await sold()).toBe(250_000n);
  });

  test('one after a refund in part is about the rest', async () => {
    await act('refund', { amount: 200 });
    const { id } = await dispute();
    expect(await books()).toEqual({ dispute_reserve: '300000' });
    await step(id, 'lose');
    expect([await books(), await sold()]).toEqual([{}, 0n]);
  });

  test('a refund after a dispute that was won is a refund like any other', async () => {
    await step((await dispute()).id, 'win');
    await act('refund', { amount: 200 });
    expect([await books(), await sold()]).toEqual([{ collector_purchased: '300000' }, 300_000n]);
  });

  test('one in another currency than was charged is about all of it', async () => {
    await dispute({ amount: 1, currency: 'eur' });
    expect(await books()).toEqual({ dispute_reserve: '500000' });
  });

  test('a lost one takes unspent bonus back, and an appeal that is won brings it again', async () => {
    purchase = await buy(shop, actor, { packId: 'c2000' });
    await deliverAll(shop, purchase);
    const { id } = await dispute();
    expect(await books()).toMatchObject({ collector_bonus: '100000' });
    await step(id, 'lose');
    expect(await books()).toEqual({ collector_purchased: '500000' });
    await step(id, 'win');
    expect(await books()).toEqual({ collector_bonus: '100000', collector_purchased: '2500000' });
  });
});
