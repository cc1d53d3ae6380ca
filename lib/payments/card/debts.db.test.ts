import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { releaseHold } from '@/lib/credits/capture-hold';
import { creditCollector } from '@/lib/credits/credit-collector';
import { holdCredits } from '@/lib/credits/hold-credits';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { takeBack } from '@/lib/credits/take-back';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { disputedCaptures } from './queries';
import { settleAllDebts } from './settle-debts';
import { syncPurchase } from './sync-purchase';
import { booksOf, buy, type CardShop, deliverAll, isFrozen, openCardShop, type Purchase, signUp, spend } from './testing/card-shop';

let shop: CardShop;
let actor: Actor;
let creator: Actor;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  actor = await signUp(shop);
  creator = await signUp(shop);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

async function bought(): Promise<Purchase> {
  const purchase = await buy(shop, actor);
  await deliverAll(shop, purchase);
  return purchase;
}
async function hold(amountMillicredits: bigint): Promise<string> {
  const id = newId();
  await holdCredits(shop.db.pool, { id, userId: actor.userId, amountMillicredits, ttlSeconds: 60 });
  return id;
}
async function refund(purchase: Purchase): Promise<void> {
  shop.simulator.act('refund', { id: purchase.id });
  await deliverAll(shop, purchase);
}
/** A dispute over all of a purchase, as far as it has come. */
async function disputed(purchase: Purchase, ...steps: string[]): Promise<string> {
  const { id } = shop.simulator.act('dispute', { id: purchase.id, terms: {} }) as { id: string };
  await deliverAll(shop, purchase);
  for (const step of steps) await decide(purchase, id, step);
  return id;
}
async function decide(purchase: Purchase, id: string, step: string): Promise<void> {
  shop.simulator.act('step-dispute', { id, step });
  await deliverAll(shop, purchase);
}
const give = (bucket: 'bonus' | 'onchain', amountMillicredits: bigint) =>
  inTransaction(shop.db.pool, async (tx) => {
    const [debit, code] = bucket === 'bonus' ? [await openAccount(tx, 'promotion', 'house'), 'grant' as const] : [await till(), 'deposit' as const];
    await creditCollector(tx, { ref: newId(), userId: actor.userId, bucket, debit, amountMillicredits, code });
  });
const till = () => openAccount(shop.db.pool, 'till_clearing', 'house');
const balance = () => getBalance(shop.db, actor);
const books = () => booksOf(shop, [actor.userId, creator.userId]);
const owes = async ({ id }: Purchase) =>
  (await shop.db.pool.query<{ owes: boolean }>('SELECT owes FROM card_purchase WHERE id = $1', [id])).rows[0]?.owes;

describe('credits that come free after their purchase was refunded', () => {
  test('repay what the refund made them owe, and nothing else is left of it', async () => {
    const purchase = await bought();
    const run = await hold(500_000n);
    await refund(purchase);
    expect(await balance()).toMatchObject({ owedMillicredits: '500000', frozen: true, heldMillicredits: '500000' });
    await settleAllDebts(shop.db);
    expect(await balance()).toMatchObject({ owedMillicredits: '500000' });
    await releaseHold(shop.db.pool, run);
    await settleAllDebts(shop.db);
    expect(await balance()).toMatchObject({ owedMillicredits: '0', frozen: false, availableMillicredits: '0', heldMillicredits: '0' });
    expect([await books(), await owes(purchase)]).toEqual([{}, false]);
    const { entries } = await listStatement(shop.db, actor);
    expect(entries[0]).toMatchObject({ code: 'debt_repaid', ref: purchase.id, changeMillicredits: '-500000' });
    await settleAllDebts(shop.db);
    expect(await books()).toEqual({});
  });

  test('repay as much as there is; bonus and credits from the chain stay', async () => {
    const purchase = await bought();
    const [spent, free] = [await spend(shop, actor, 200_000n, creator.userId), await hold(300_000n)];
    await refund(purchase);
    await give('bonus', 50_000n);
    await releaseHold(shop.db.pool, free);
    await settleAllDebts(shop.db);
    expect(await balance()).toMatchObject({ owedMillicredits: '200000', frozen: true, byBucket: { purchased: '0', bonus: '50000' } });
    expect([await owes(purchase), (await disputedCaptures(shop.db.pool, [spent])).size]).toEqual([true, 1]);
  });

  test('of a reversed payment on the chain are the ones from the chain: card credits stay', async () => {
    await bought();
    await give('onchain', 100_000n);
    const run = await hold(600_000n);
    const credit = await till();
    const terms = { userId: actor.userId, buckets: ['onchain' as const], credit, amountMillicredits: 100_000n, code: 'deposit_reversal' as const };
    await inTransaction(shop.db.pool, (tx) => takeBack(tx, { ...terms, ref: newId() }));
    expect(await balance()).toMatchObject({ owedMillicredits: '100000', frozen: true });
    await releaseHold(shop.db.pool, run);
    await settleAllDebts(shop.db);
    expect(await balance()).toMatchObject({ owedMillicredits: '0', frozen: false, byBucket: { purchased: '500000', onchain: '0' } });
  });

  test('are not taken from a purchase whose own dispute is open', async () => {
    const [first, second] = [await bought(), await bought()];
    const run = await hold(1_000_000n);
    await refund(first);
    const dispute = await disputed(second);
    await releaseHold(shop.db.pool, run);
    await settleAllDebts(shop.db);
    // What came free of the first repays; what came free of the second is its dispute's.
    expect(await balance()).toMatchObject({ owedMillicredits: '0', byBucket: { purchased: '500000' } });
    await syncPurchase(shop.db, shop.api, second.id);
    await decide(second, dispute, 'win');
    expect(await balance()).toMatchObject({ owedMillicredits: '0', frozen: false, byBucket: { purchased: '500000' } });
  });
});

describe('a dispute that is lost', () => {
  test('takes other purchased credits before anything is owed, as a refund does, and creators keep what they earned', async () => {
    const purchase = await bought();
    await spend(shop, actor, 200_000n, creator.userId);
    await bought();
    await disputed(purchase, 'lose');
    expect(await books()).toEqual({ collector_purchased: '300000', 'creator_pending 1': '180000' });
    expect([await isFrozen(shop, actor), await owes(purchase)]).toEqual([false, false]);
  });

  test('and is won on appeal brings all of it back', async () => {
    const purchase = await bought();
    await spend(shop, actor, 200_000n, creator.userId);
    await bought();
    const before = await books();
    const id = await disputed(purchase, 'lose');
    await decide(purchase, id, 'win');
    expect([await books(), await isFrozen(shop, actor)]).toEqual([before, false]);
  });

  test('and is won on appeal frees its works though another purchase is still owed for', async () => {
    const purchases = [await bought()];
    const runs = [await spend(shop, actor, 500_000n, creator.userId)];
    purchases.push(await bought());
    runs.push(await spend(shop, actor, 500_000n, creator.userId));
    const [won, lost] = purchases as [Purchase, Purchase];
    const id = await disputed(won, 'lose');
    await disputed(lost, 'lose');
    expect((await disputedCaptures(shop.db.pool, runs)).size).toBe(2);
    await decide(won, id, 'win');
    expect([await owes(won), await owes(lost)]).toEqual([false, true]);
    expect([...(await disputedCaptures(shop.db.pool, runs))]).toEqual(runs.slice(1));
    expect(await balance()).toMatchObject({ owedMillicredits: '500000', frozen: true, disputed: false });
  });

  test('leaves a purchase owing for its refund though its dispute is won', async () => {
    const purchase = await bought();
    await spend(shop, actor, 500_000n, creator.userId);
    shop.simulator.act('refund', { id: purchase.id, amount: 100 });
    await deliverAll(shop, purchase);
    const id = await disputed(purchase, 'lose');
    expect(await balance()).toMatchObject({ owedMillicredits: '500000' });
    await decide(purchase, id, 'win');
    expect([await owes(purchase), (await balance()).owedMillicredits]).toEqual([true, '100000']);
  });
});

test('a balance says whether a dispute stands beside a debt', async () => {
  const [first, second] = [await bought(), await bought()];
  await spend(shop, actor, 1_000_000n, creator.userId);
  await refund(first);
  expect(await balance()).toMatchObject({ frozen: true, disputed: false });
  await disputed(second);
  expect(await balance()).toMatchObject({ frozen: true, disputed: true, owedMillicredits: '500000' });
});
