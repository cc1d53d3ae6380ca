import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { mustPost } from '@/lib/credits/post-transfer';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { refundRun } from './refund-run';
import { settleAllDebts } from './settle-debts';
import { syncPurchase } from './sync-purchase';
import { booksOf, buy, type CardShop, deliverAll, openCardShop, type Purchase, signUp, spend, today } from './testing/card-shop';

let shop: CardShop;
let actor: Actor;
let creator: Actor;
let purchase: Purchase;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  actor = await signUp(shop);
  creator = await signUp(shop);
  purchase = await buy(shop, actor);
  await deliverAll(shop, purchase);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

const act = async (name: string, input: Record<string, unknown>) => {
  const { id } = shop.simulator.act(name, input as never) as { id: string };
  await deliverAll(shop, purchase);
  return id;
};
const dispute = (terms: object = {}) => act('dispute', { id: purchase.id, terms });
const step = (id: string, to: string) => act('step-dispute', { id, step: to });
const books = () => booksOf(shop, [actor.userId, creator.userId], purchase.id);
const giveBack = (capture: string) => inTransaction(shop.db.pool, (tx) => refundRun(tx, { capture, ref: newId() }));
const pendingOf = ({ userId }: Actor) => openAccount(shop.db.pool, 'creator_pending', userId, { sub: today() });
const availableOf = ({ userId }: Actor) => openAccount(shop.db.pool, 'creator_available', userId);

/** What the creator earned elsewhere, of which this dispute takes nothing: some of the same day, some that can be paid out. */
async function earnsElsewhere(): Promise<void> {
  const other = await signUp(shop);
  await deliverAll(shop, await buy(shop, other));
  await spend(shop, other, 300_000n, creator.userId);
  const matured = { debit: await pendingOf(creator), credit: await availableOf(creator), amountMillicredits: 200_000n, code: 'matured' as const };
  await mustPost(shop.db.pool, { ref: newId(), ...matured });
}
const ELSEWHERE = { 'creator_available 1': '200000', 'creator_pending 1': '70000' };

describe('a run that is refunded while a dispute has its earnings aside', () => {
  test.each(['win', 'lose'])('takes them from the creator once, and nothing that was earned elsewhere: %s', async (outcome) => {
    await earnsElsewhere();
    const run = await spend(shop, actor, 200_000n, creator.userId);
    const id = await dispute();
    expect(await books()).toEqual({ ...ELSEWHERE, dispute_reserve: '480000' });
    await giveBack(run);
    expect(await books()).toEqual({ ...ELSEWHERE, collector_purchased: '200000', dispute_reserve: '300000' });
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await books()).toEqual({ ...ELSEWHERE, dispute_reserve: '500000' });
    await step(id, outcome);
    expect(await books()).toEqual(outcome === 'win' ? { ...ELSEWHERE, collector_purchased: '500000' } : ELSEWHERE);
  });

  test('after it was lost repays what was owed for it', async () => {
    await earnsElsewhere();
    const run = await spend(shop, actor, 200_000n, creator.userId);
    await step(await dispute(), 'lose');
    expect(await books()).toEqual({ ...ELSEWHERE, collector_debt: '-200000', dispute_reserve: '180000' });
    await giveBack(run);
    await syncPurchase(shop.db, shop.api, purchase.id);
    await settleAllDebts(shop.db);
    expect(await books()).toEqual(ELSEWHERE);
  });

  test('of another run leaves this one’s aside', async () => {
    const [kept, refunded] = [await spend(shop, actor, 100_000n, creator.userId), await spend(shop, actor, 200_000n, creator.userId)];
    await dispute();
    expect(await books()).toEqual({ dispute_reserve: '470000' });
    await giveBack(refunded);
    expect(await books()).toEqual({ collector_purchased: '200000', dispute_reserve: '290000' });
    await giveBack(kept);
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await books()).toEqual({ dispute_reserve: '500000' });
  });
});

describe('several disputes over parts of one purchase', () => {
  let late: Actor;
  const both = () => booksOf(shop, [actor.userId, creator.userId, late.userId], purchase.id);
  beforeEach(async () => {
    late = await signUp(shop);
    await spend(shop, actor, 100_000n, creator.userId);
    await spend(shop, actor, 350_000n, late.userId);
  });

  test('take aside one stretch of its spends after the other', async () => {
    await dispute({ amount: 250 });
    expect(await both()).toEqual({ 'creator_pending 1': '90000', 'creator_pending 2': '150000', dispute_reserve: '215000' });
    await dispute({ amount: 250 });
    expect(await both()).toEqual({ dispute_reserve: '455000' });
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await both()).toEqual({ dispute_reserve: '455000' });
  });

  test('return what each took when it is won, and the other keeps its own', async () => {
    const [first, second] = [await dispute({ amount: 250 }), await dispute({ amount: 100 })];
    expect(await both()).toEqual({ 'creator_pending 1': '90000', 'creator_pending 2': '50000', dispute_reserve: '315000' });
    await step(first, 'win');
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await both()).toEqual({
      collector_purchased: '50000',
      'creator_pending 1': '90000',
      'creator_pending 2': '215000',
      dispute_reserve: '100000',
    });
    await step(second, 'lose');
    expect(await both()).toMatchObject({ collector_debt: '-50000', 'creator_pending 1': '90000', 'creator_pending 2': '215000' });
  });
});

test('a look at a dispute waits for a creator’s day before it holds a lot, as a refund of the same run does', async () => {
  await spend(shop, actor, 200_000n, creator.userId);
  const [day, lot] = [await pendingOf(creator), await openAccount(shop.db.pool, 'collector_purchased', actor.userId, { sub: purchase.id })];
  let looked: Promise<unknown> = Promise.resolve();
  await inTransaction(shop.db.pool, async (tx) => {
    await tx.query('SELECT ledger.lock_accounts($1)', [[day]]);
    looked = dispute();
    await expect
      .poll(async () => (await shop.db.pool.query(`SELECT FROM pg_locks WHERE NOT granted`)).rowCount, { timeout: 10_000 })
      .toBeGreaterThan(0);
    await tx.query(`SET LOCAL lock_timeout = '2s'`);
    await tx.query('SELECT ledger.lock_accounts($1)', [[lot]]);
  });
  await looked;
  expect(await books()).toEqual({ dispute_reserve: '480000' });
});
