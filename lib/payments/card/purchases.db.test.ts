import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { sweepPurchases } from './jobs';
import { openPortal } from './open-portal';
import { listPurchases } from './queries';
import { syncPurchase } from './sync-purchase';
import { booksOf, buy, type CardShop, deliver, deliverAll, eventsOf, openCardShop, signUp, spend } from './testing/card-shop';

let shop: CardShop;
beforeAll(async () => {
  shop = await openCardShop(process.env.DATABASE_URL);
});
afterEach(async () => expect(await auditBooks(shop.db)).toEqual([]));
afterAll(() => shop.close());

describe('a purchase', () => {
  test('gives nothing before it is paid, then its credits and its bonus, with a receipt', async () => {
    const actor = await signUp(shop);
    const purchase = await buy(shop, actor, { packId: 'c2000', currency: 'eur', pay: false });
    await syncPurchase(shop.db, shop.api, purchase.id);
    expect(await booksOf(shop, [actor.userId])).toEqual({});
    shop.simulator.act('pay', { id: purchase.sessionId });
    await deliverAll(shop, purchase);
    expect(await getBalance(shop.db, actor)).toMatchObject({ byBucket: { purchased: '2000000', bonus: '100000' } });
    const [listed] = await listPurchases(shop.db, actor);
    expect(listed).toMatchObject({ state: 'paid', currency: 'eur', amountMinor: '1900', disputed: false });
    expect(await (await fetch(listed?.receiptUrl ?? '')).text()).toContain('€19.00');
    const { entries } = await listStatement(shop.db, actor);
    expect(entries.map(({ code, ref }) => [code, ref])).toEqual([
      ['bonus', purchase.id],
      ['purchase', purchase.id],
    ]);
  });

  test('is four prices in four currencies, yen without decimals', async () => {
    const actor = await signUp(shop);
    for (const currency of ['usd', 'eur', 'gbp', 'jpy'] as const) await deliverAll(shop, await buy(shop, actor, { currency }));
    expect((await listPurchases(shop.db, actor)).map(({ currency, amountMinor }) => `${amountMinor} ${currency}`)).toEqual([
      '780 jpy',
      '400 gbp',
      '475 eur',
      '500 usd',
    ]);
    expect((await booksOf(shop, [actor.userId])).collector_purchased).toBe('2000000');
  });

  test('is found by the sweep when no event ever comes, and expires with its page', async () => {
    const actor = await signUp(shop);
    const paid = await buy(shop, actor);
    const left = await buy(shop, actor, { pay: false });
    await shop.stripe.checkout.sessions.expire(left.sessionId);
    await shop.db.pool.query(`UPDATE card_purchase SET created_at = now() - interval '1 hour', looked_at = NULL WHERE id = ANY ($1)`, [
      [paid.id, left.id],
    ]);
    await sweepPurchases(shop.db, shop.api);
    const { rows } = await shop.db.pool.query('SELECT state FROM card_purchase WHERE id = ANY ($1) ORDER BY state', [[paid.id, left.id]]);
    expect(rows).toEqual([{ state: 'paid' }, { state: 'expired' }]);
  });

  test('repays what its buyer owes first', async () => {
    const [actor, creator] = [await signUp(shop), await signUp(shop)];
    const first = await buy(shop, actor);
    await deliverAll(shop, first);
    await spend(shop, actor, 200_000n, creator.userId);
    await shop.simulator.act('refund', { id: first.id });
    await deliverAll(shop, first);
    expect(await getBalance(shop.db, actor)).toMatchObject({ owedMillicredits: '200000', frozen: true, availableMillicredits: '0' });
    await deliverAll(shop, await buy(shop, actor));
    expect(await getBalance(shop.db, actor)).toMatchObject({ owedMillicredits: '0', frozen: false, availableMillicredits: '300000' });
  });
});

describe('a checkout', () => {
  test('keeps one customer for each person, and the portal is theirs', async () => {
    const actor = await signUp(shop);
    await buy(shop, actor);
    await buy(shop, actor);
    const { rows } = await shop.db.pool.query<{ customer_id: string }>('SELECT customer_id FROM stripe_customer WHERE user_id = $1', [actor.userId]);
    const sessions = await shop.stripe.checkout.sessions.list({ customer: rows[0]?.customer_id ?? '' });
    expect(sessions.data).toHaveLength(2);
    const { url } = await openPortal(shop.db, actor, shop.api);
    expect(await (await fetch(url)).text()).toContain('SIM-');
    await expect(openPortal(shop.db, await signUp(shop), shop.api)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('whose answer is lost is made once, and can be paid', async () => {
    const actor = await signUp(shop);
    shop.simulator.act('fault', { method: 'POST', path: '/v1/checkout', kind: 'drop' });
    await deliverAll(shop, await buy(shop, actor));
    expect((await booksOf(shop, [actor.userId])).collector_purchased).toBe('500000');
  });

  test('that cannot be made says so, and credits nobody', async () => {
    const actor = await signUp(shop);
    shop.simulator.act('fault', { method: 'POST', path: '/v1/checkout', kind: 'error', times: 5 });
    await expect(buy(shop, actor)).rejects.toMatchObject({ code: 'payment_unavailable' });
    shop.simulator.act('clear-faults');
    expect(await listPurchases(shop.db, actor)).toEqual([]);
  });

  test('whose page came to us only by an event is still credited', async () => {
    const actor = await signUp(shop);
    const purchase = await buy(shop, actor);
    await shop.db.pool.query('UPDATE card_purchase SET session_id = NULL WHERE id = $1', [purchase.id]);
    const completed = eventsOf(shop, purchase).find(({ type }) => type === 'checkout.session.completed');
    if (!completed) throw new Error('no event');
    await deliver(shop, completed);
    expect((await booksOf(shop, [actor.userId])).collector_purchased).toBe('500000');
  });
});

describe('events', () => {
  test('of payments that are not ours are kept and change nothing', async () => {
    const foreign = await shop.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://elsewhere.example',
      line_items: [{ quantity: 1, price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'A hat' } } }],
    });
    shop.simulator.act('pay', { id: foreign.id });
    const last = shop.simulator.events().slice(-3);
    for (const event of last) await deliver(shop, event);
    const { rows } = await shop.db.pool.query('SELECT handled_at FROM stripe_event WHERE id = ANY ($1)', [last.map(({ id }) => id)]);
    expect(rows.filter(({ handled_at }) => handled_at === null)).toEqual([]);
  });

  test('are tried again when Stripe cannot be read, and say why until then', async () => {
    const actor = await signUp(shop);
    const purchase = await buy(shop, actor);
    const event = eventsOf(shop, purchase).find(({ type }) => type === 'charge.succeeded');
    if (!event) throw new Error('no event');
    shop.simulator.act('fault', { method: 'GET', path: '/v1/checkout', kind: 'error', times: 9 });
    await expect(deliver(shop, event)).rejects.toMatchObject({ code: 'payment_unavailable' });
    shop.simulator.act('clear-faults');
    const { rows } = await shop.db.pool.query('SELECT handled_at, attempts, error FROM stripe_event WHERE id = $1', [event.id]);
    expect(rows).toEqual([{ handled_at: null, attempts: 1, error: expect.stringContaining('payment service') }]);
    await deliver(shop, event);
    expect((await booksOf(shop, [actor.userId])).collector_purchased).toBe('500000');
  });
});
