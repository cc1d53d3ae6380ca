import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { enqueueUnhandled } from '@/lib/stripe/enqueue-unhandled';
import { handleEvent } from '@/lib/stripe/handle-event';
import { receiveEvent } from '@/lib/stripe/receive-event';
import { verifyWebhook } from '@/lib/stripe/verify-webhook';
import { eventBody, signatureHeader } from '@/scripts/standins/stripe/webhooks';
import { findLostClaims } from './find-lost-claims';
import { syncPurchase } from './sync-purchase';
import { booksOf, buy, type CardShop, eventsOf, openCardShop, type Purchase, signUp } from './testing/card-shop';

let shop: CardShop;
let actor: Actor;
let purchase: Purchase;

beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
beforeEach(async () => {
  await shop.db.pool.query('DELETE FROM graphile_worker._private_jobs');
  actor = await signUp(shop);
  purchase = await buy(shop, actor);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

/** Runs what waits in the queue, as a worker would. */
async function work(): Promise<string[]> {
  const { rows } = await shop.db.pool.query<{ id: string; name: string; payload: Record<string, string> }>(
    `SELECT j.id, t.identifier AS name, j.payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
      WHERE j.attempts < j.max_attempts AND j.run_at <= now() ORDER BY j.id`,
  );
  for (const { id, name, payload } of rows) {
    if (name === 'card-sync') await syncPurchase(shop.db, shop.api, payload.purchaseId ?? '');
    else await handleEvent(shop.db, shop.handlers, payload.eventId ?? '');
    await shop.db.pool.query('DELETE FROM graphile_worker._private_jobs WHERE id = $1', [id]);
  }
  return rows.map(({ name }) => name);
}
const books = () => booksOf(shop, [actor.userId], purchase.id);

describe('an event that was kept', () => {
  const receive = async () => {
    const event = eventsOf(shop, purchase).find(({ type }) => type === 'charge.succeeded');
    const body = eventBody(event as Parameters<typeof eventBody>[0]);
    await receiveEvent(shop.db, verifyWebhook(body, signatureHeader(body, 'whsec_simulator'), ['whsec_simulator']));
    return event?.id ?? '';
  };
  const age = (id: string) => shop.db.pool.query(`UPDATE stripe_event SET received_at = now() - interval '6 minutes' WHERE id = $1`, [id]);

  test.each([
    ['has used up its attempts', 'UPDATE graphile_worker._private_jobs SET attempts = max_attempts'],
    ['was lost', 'DELETE FROM graphile_worker._private_jobs'],
  ])('is taken up again when its job %s', async (_, loseJob) => {
    const id = await receive();
    await shop.db.pool.query(loseJob);
    expect(await enqueueUnhandled(shop.db)).toBe(0);
    await age(id);
    expect(await enqueueUnhandled(shop.db)).toBe(1);
    expect(await enqueueUnhandled(shop.db)).toBe(0);
    expect(await work()).toEqual(['stripe-event']);
    expect(await books()).toEqual({ collector_purchased: '500000' });
    expect(await enqueueUnhandled(shop.db)).toBe(0);
  });

  test('is left to its job while that waits or runs', async () => {
    const id = await receive();
    await age(id);
    expect(await enqueueUnhandled(shop.db)).toBe(0);
    await shop.db.pool.query(`UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'someone', attempts = 3`);
    expect(await enqueueUnhandled(shop.db)).toBe(0);
  });
});

describe('an event that never came', () => {
  const find = () => findLostClaims(shop.db, shop.api);
  beforeEach(() => syncPurchase(shop.db, shop.api, purchase.id));

  test('of a refund, and of its failing', async () => {
    expect(await find()).toBe(0);
    const { id } = shop.simulator.act('refund', { id: purchase.id, amount: 200 }) as { id: string };
    expect([await find(), await work(), await books()]).toEqual([1, ['card-sync'], { collector_purchased: '300000' }]);
    expect(await find()).toBe(0);
    shop.simulator.act('fail-refund', { id });
    expect([await find(), await find(), await work(), await books()]).toEqual([1, 1, ['card-sync'], { collector_purchased: '500000' }]);
    expect(await find()).toBe(0);
  });

  test('of a dispute, and of its end', async () => {
    const { id } = shop.simulator.act('dispute', { id: purchase.id, terms: {} }) as { id: string };
    expect([await find(), await work(), await books()]).toEqual([1, ['card-sync'], { dispute_reserve: '500000' }]);
    expect(await find()).toBe(0);
    shop.simulator.act('step-dispute', { id, step: 'lose' });
    expect([await find(), await work(), await books()]).toEqual([1, ['card-sync'], {}]);
    expect(await find()).toBe(0);
  });

  test('of a dispute that was opened longer ago than is listed: it is looked at every day', async () => {
    const { id } = shop.simulator.act('dispute', { id: purchase.id, terms: {} }) as { id: string };
    await syncPurchase(shop.db, shop.api, purchase.id);
    shop.simulator.act('step-dispute', { id, step: 'lose' });
    const blind = { ...shop.api, listDisputes: async () => [] };
    expect(await findLostClaims(shop.db, blind)).toBe(0);
    await shop.db.pool.query(`UPDATE card_purchase SET looked_at = now() - interval '25 hours' WHERE id = $1`, [purchase.id]);
    expect([await findLostClaims(shop.db, blind), await work(), await books()]).toEqual([1, ['card-sync'], {}]);
  });

  test('of a payment that is not ours concerns nobody', async () => {
    const foreign = await shop.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://elsewhere.example',
      line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'A hat' } } }],
    });
    shop.simulator.act('pay', { id: foreign.id });
    const intent = (await shop.stripe.checkout.sessions.retrieve(foreign.id)).payment_intent as string;
    shop.simulator.act('refund', { id: intent });
    expect(await find()).toBe(0);
  });
});
