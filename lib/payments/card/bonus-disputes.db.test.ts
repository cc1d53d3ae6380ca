import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { balanceOf, openAccount } from '@/lib/credits/accounts';
import { mustPost } from '@/lib/credits/post-transfer';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import { newId } from '@/lib/ids';
import { handleEvent } from '@/lib/stripe/handle-event';
import { receiveEvent } from '@/lib/stripe/receive-event';
import { toEvent } from '@/lib/stripe/verify-webhook';
import { sweepPurchases } from './jobs';
import { refundCreatorShare } from './refund-creator-share';
import { refundRun } from './refund-run';
import { buy, type CardShop, deliverAll, openCardShop, signUp, spend } from './testing/card-shop';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

const has = async (kind: 'creator_available' | 'creator_pending', owner: string, sub = '') =>
  (await balanceOf(shop.db.pool, await openAccount(shop.db.pool, kind, owner, { sub }))).available;
const today = () => new Date().toISOString().slice(0, 10);

test('bonus credits spent on a friend’s model bring the friend nothing when their payment is disputed and lost', async () => {
  const [buyer, friend] = [await signUp(shop), await signUp(shop)];
  const purchase = await buy(shop, buyer, { packId: 'c10000' });
  await deliverAll(shop, purchase);
  await spend(shop, buyer, 1_000_000n, friend.userId); // the bonus is spent first
  await spend(shop, buyer, 200_000n, friend.userId);
  expect(await has('creator_available', friend.userId)).toBe(0n);
  expect(await has('creator_pending', friend.userId, today())).toBe(1_080_000n);
  const dispute = shop.simulator.act('dispute', { id: purchase.id }) as { id: string };
  await deliverAll(shop, purchase);
  expect(await has('creator_pending', friend.userId, today())).toBe(0n);
  shop.simulator.act('step-dispute', { id: dispute.id, step: 'lose' });
  await deliverAll(shop, purchase);
  expect([await has('creator_available', friend.userId), await has('creator_pending', friend.userId, today())]).toEqual([0n, 0n]);
});

test('and all of it comes back when the dispute is won', async () => {
  const [buyer, creator] = [await signUp(shop), await signUp(shop)];
  const purchase = await buy(shop, buyer, { packId: 'c10000' });
  await deliverAll(shop, purchase);
  await spend(shop, buyer, 1_200_000n, creator.userId);
  const dispute = shop.simulator.act('dispute', { id: purchase.id }) as { id: string };
  await deliverAll(shop, purchase);
  shop.simulator.act('step-dispute', { id: dispute.id, step: 'win' });
  await deliverAll(shop, purchase);
  expect(await has('creator_pending', creator.userId, today())).toBe(1_080_000n);
});

test('a run paid with the bonus that is refunded in a dispute takes its earnings once, and nothing that was earned elsewhere', async () => {
  const [buyer, other, creator] = [await signUp(shop), await signUp(shop), await signUp(shop)];
  await deliverAll(shop, await buy(shop, other));
  await spend(shop, other, 300_000n, creator.userId);
  const [pending, available] = [
    await openAccount(shop.db.pool, 'creator_pending', creator.userId, { sub: today() }),
    await openAccount(shop.db.pool, 'creator_available', creator.userId),
  ];
  const matured = { ref: newId(), debit: pending, credit: available, amountMillicredits: 270_000n, code: 'matured' as const };
  await mustPost(shop.db.pool, matured);
  const purchase = await buy(shop, buyer, { packId: 'c10000' });
  await deliverAll(shop, purchase);
  const run = await spend(shop, buyer, 200_000n, creator.userId);
  shop.simulator.act('dispute', { id: purchase.id });
  await deliverAll(shop, purchase);
  expect([await has('creator_pending', creator.userId, today()), await has('creator_available', creator.userId)]).toEqual([0n, 270_000n]);
  await inTransaction(shop.db.pool, (tx) => refundRun(tx, { capture: run, ref: newId() }));
  expect([await has('creator_pending', creator.userId, today()), await has('creator_available', creator.userId)]).toEqual([0n, 270_000n]);
});

test.each([
  ['by us', refundRun],
  ['by its creator', refundCreatorShare],
] as const)('a run paid with the bonus that was given back %s before the dispute takes nothing that was earned elsewhere', async (_, giveBack) => {
  const [buyer, other, creator] = [await signUp(shop), await signUp(shop), await signUp(shop)];
  await deliverAll(shop, await buy(shop, other));
  await spend(shop, other, 300_000n, creator.userId);
  const purchase = await buy(shop, buyer, { packId: 'c10000' });
  await deliverAll(shop, purchase);
  const run = await spend(shop, buyer, 200_000n, creator.userId);
  await inTransaction(shop.db.pool, (tx) => giveBack(tx, { capture: run, ref: newId() }));
  expect(await has('creator_pending', creator.userId, today())).toBe(270_000n);
  shop.simulator.act('dispute', { id: purchase.id });
  await deliverAll(shop, purchase);
  expect(await has('creator_pending', creator.userId, today())).toBe(270_000n);
});

test('an event of a connected account says nothing about a purchase of ours', async () => {
  const buyer = await signUp(shop);
  const { id } = await buy(shop, buyer);
  await shop.db.pool.query('UPDATE card_purchase SET session_id = NULL WHERE id = $1', [id]);
  const session = { id: 'cs_stranger', object: 'checkout.session', metadata: { purchase: id }, client_reference_id: id };
  const body = { id: `evt_${newId()}`, type: 'checkout.session.completed', account: 'acct_stranger', data: { object: session } };
  await receiveEvent(shop.db, { event: toEvent(body as never), payload: JSON.stringify(body) });
  await handleEvent(shop.db, shop.handlers, body.id);
  expect(await shop.db.prisma.cardPurchase.findUniqueOrThrow({ where: { id } })).toMatchObject({ sessionId: null, state: 'open' });
});

test('purchases that Stripe does not know keep no other one from being looked at', async () => {
  const buyer = await signUp(shop);
  for (let i = 0; i < 12; i++) {
    await shop.db.pool.query(
      `INSERT INTO card_purchase (id, user_id, pack, credit_millicredits, bonus_millicredits, currency, amount_minor, session_id, created_at)
       VALUES ($1, $2, 'c500', 500000, 0, 'usd', 500, $3, now() - interval '30 days')`,
      [newId(), buyer.userId, `cs_of_the_former_key_${i}`],
    );
  }
  const paid = await buy(shop, buyer);
  await shop.db.pool.query(`UPDATE card_purchase SET created_at = now() - interval '1 hour' WHERE id = $1`, [paid.id]);
  await sweepPurchases(shop.db, shop.api);
  expect((await shop.db.prisma.cardPurchase.findUniqueOrThrow({ where: { id: paid.id } })).state).toBe('paid');
});
