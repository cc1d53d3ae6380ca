import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { openAccount } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { refundCreatorShare } from './refund-creator-share';
import { booksOf, buy, type CardShop, deliverAll, openCardShop, type Purchase, signUp, today } from './testing/card-shop';

let shop: CardShop;
let [actor, creator, parent] = [] as unknown as [Actor, Actor, Actor];
let purchase: Purchase;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  [actor, creator, parent] = [await signUp(shop), await signUp(shop), await signUp(shop)];
  purchase = await buy(shop, actor);
  await deliverAll(shop, purchase);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

const books = () => booksOf(shop, [actor.userId, creator.userId, parent.userId], purchase.id);
const giveBack = (capture: string) => inTransaction(shop.db.pool, (tx) => refundCreatorShare(tx, { capture, ref: newId() }));

/** A remix as the generations domain pays it: a tenth to the house, a fifth to the parent's creator, the rest to the model's. */
async function remix(millicredits: bigint): Promise<string> {
  const { pool } = shop.db;
  const id = newId();
  const earner = async ({ userId }: Actor) => ({
    pending: await openAccount(pool, 'creator_pending', userId, { sub: today() }),
    available: await openAccount(pool, 'creator_available', userId),
  });
  const fee = await openAccount(pool, 'platform_fee', 'house');
  await holdCredits(pool, { id, userId: actor.userId, amountMillicredits: millicredits, ttlSeconds: 60 });
  const tenth = millicredits / 10n;
  const splits = [
    { ...(await earner(creator)), amountMillicredits: millicredits - 3n * tenth, code: 'run_creator' as const },
    { ...(await earner(parent)), amountMillicredits: 2n * tenth, code: 'run_parent' as const },
    { pending: fee, available: fee, amountMillicredits: tenth, code: 'run_fee' as const },
  ];
  await captureHold(pool, { id, splits }, 'run');
  return id;
}
async function dispute(): Promise<void> {
  shop.simulator.act('dispute', { id: purchase.id, terms: {} } as never);
  await deliverAll(shop, purchase);
}

test('what a creator gave back is not taken from them again by a dispute', async () => {
  await giveBack(await remix(100_000n));
  await dispute();
  expect(await books()).toEqual({ dispute_reserve: '490000' });
});

test('a creator who gives their share back again and again keeps no dispute from the shares of those whom the runs paid, too', async () => {
  let left = 500_000n;
  while (left >= 10_000n) {
    await giveBack(await remix(left));
    left = (left * 7n) / 10n - (((left * 7n) / 10n) % 10n);
  }
  const { 'creator_pending 2': earned = '0', collector_purchased: unspent = '0' } = await books();
  expect(BigInt(earned)).toBeGreaterThan(300_000n);
  await dispute();
  // All that is not the house's fee is aside: nothing that a stolen card paid can be taken out by them.
  expect(await books()).toEqual({ dispute_reserve: (BigInt(earned) + BigInt(unspent)).toString() });
});
