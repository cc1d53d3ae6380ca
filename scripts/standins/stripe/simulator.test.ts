import { createServer } from 'node:http';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from './server';
import { eventBody, signatureHeader } from './webhooks';

const SECRET = 'sk_test_simulator';
const HOOK_SECRET = 'whsec_simulator';
let simulator: Simulator;
let stripe: Stripe;
const received: { body: string; signature: string }[] = [];
let failures = 0;
const hook = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (failures > 0) {
      failures -= 1;
      response.writeHead(503).end();
      return;
    }
    received.push({ body, signature: String(request.headers['stripe-signature']) });
    response.writeHead(200).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const address = hook.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  simulator = await startSimulator({ port: 0, secretKey: SECRET, webhook: { url, secret: HOOK_SECRET }, retryDelaysMs: [5, 5, 5] });
  const { hostname, port } = new URL(simulator.url);
  stripe = new Stripe(SECRET, { host: hostname, port, protocol: 'http', maxNetworkRetries: 2 });
});
afterAll(async () => {
  await simulator.close();
  hook.close();
});

const checkout = (more: object = {}, options: Stripe.RequestOptions = {}) =>
  stripe.checkout.sessions.create(
    {
      mode: 'payment',
      ui_mode: 'hosted_page',
      success_url: 'https://shop.example/ok?session={CHECKOUT_SESSION_ID}',
      line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 1900, product_data: { name: '2,000 credits' } } }],
      metadata: { purchase: 'p1' },
      ...more,
    },
    options,
  );
const press = (url: string, what: string) => fetch(url, { method: 'POST', body: new URLSearchParams({ do: what }), redirect: 'manual' });

describe('checkout through the SDK', () => {
  test('is a page on which Pay pays, and a signed event says so', { timeout: 30_000 }, async () => {
    const session = await checkout();
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 1900, metadata: { purchase: 'p1' } });
    expect(await (await fetch(session.url ?? '')).text()).toContain('Simulator: no money moves here');
    expect((await press(session.url ?? '', 'decline')).status).toBe(200);
    const paid = await press(session.url ?? '', 'pay');
    expect(paid.headers.get('location')).toBe(`https://shop.example/ok?session=${session.id}`);
    const now = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge.refunds'] });
    expect(now).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: { status: 'succeeded', latest_charge: { paid: true, refunds: { data: [] } } },
    });
    await expect.poll(() => received.some(({ body }) => body.includes('checkout.session.completed'))).toBe(true);
    const events = received.map(({ body, signature }) => stripe.webhooks.constructEvent(body, signature, HOOK_SECRET).type);
    expect(events).toContain('payment_intent.payment_failed');
  });

  test('refuses parameters that the pinned version does not know, removed ones included', async () => {
    await expect(checkout({ payment_method_types: ['card'] })).rejects.toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' });
    await expect(checkout({ ui_mode: 'hosted' })).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('idempotency keys', () => {
  test('give the first answer again, and refuse another request', async () => {
    const first = await checkout({}, { idempotencyKey: 'k1' });
    const second = await checkout({}, { idempotencyKey: 'k1' });
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(checkout({ locale: 'de' }, { idempotencyKey: 'k1' })).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test('survive an answer that was lost: the retry of the SDK finds the work done', async () => {
    const before = (await stripe.checkout.sessions.list({ limit: 100 })).data.length;
    simulator.act('fault', { method: 'POST', path: '/v1/checkout', kind: 'drop' });
    const session = await checkout({}, { idempotencyKey: 'k2' });
    expect(session.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await stripe.checkout.sessions.list({ limit: 100 })).data.length).toBe(before + 1);
  });

  test('give a 500 again', async () => {
    simulator.act('fault', { method: 'POST', path: '/v1/checkout', kind: 'error' });
    await expect(checkout({}, { idempotencyKey: 'k3' })).rejects.toMatchObject({ statusCode: 500 });
    await expect(checkout({}, { idempotencyKey: 'k3' })).rejects.toMatchObject({ statusCode: 500 });
  });
});

describe('money back', () => {
  test('refunds reduce what is left, a dispute takes it, and both are in the balance', async () => {
    const session = await checkout();
    simulator.act('pay', { id: session.id });
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    const intent = String(payment_intent);
    await stripe.refunds.create({ payment_intent: intent, amount: 400 });
    simulator.act('dispute', { id: intent });
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent })).data;
    expect(dispute).toMatchObject({ amount: 1500, status: 'needs_response', balance_transactions: [{ fee: 1500 }] });
    await expect(stripe.refunds.create({ payment_intent: intent })).rejects.toMatchObject({ code: 'charge_disputed' });
    const lines: string[] = [];
    for await (const line of stripe.balanceTransactions.list({ limit: 1 })) lines.push(line.reporting_category);
    expect(lines.slice(0, 3)).toEqual(['dispute', 'refund', 'charge']);
  });
});

describe('payouts', () => {
  test('go to an account once it is onboarded, once for each key, and can be reversed', async () => {
    const account = await stripe.accounts.create({
      country: 'US',
      capabilities: { transfers: { requested: true } },
      controller: { fees: { payer: 'application' }, losses: { payments: 'application' }, stripe_dashboard: { type: 'express' } },
    });
    const pay = () =>
      stripe.transfers.create({ amount: 500, currency: 'usd', destination: account.id, transfer_group: 'g1' }, { idempotencyKey: 'payout1' });
    await expect(stripe.transfers.create({ amount: 500, currency: 'usd', destination: account.id })).rejects.toMatchObject({
      code: 'insufficient_capabilities_for_transfer',
    });
    const link = await stripe.accountLinks.create({ account: account.id, type: 'account_onboarding', return_url: 'https://shop.example/back' });
    expect((await press(link.url, 'finish')).headers.get('location')).toBe('https://shop.example/back');
    simulator.act('top-up', { amount: 5_000 });
    simulator.act('fault', { method: 'POST', path: '/v1/transfers', kind: 'drop' });
    const transfer = await pay();
    expect((await pay()).id).toBe(transfer.id);
    expect((await stripe.transfers.list({ transfer_group: 'g1' })).data.map(({ id }) => id)).toEqual([transfer.id]);
    await stripe.transfers.createReversal(transfer.id, { amount: 200 });
    expect(await stripe.transfers.retrieve(transfer.id)).toMatchObject({ amount_reversed: 200, reversed: false });
  });
});

describe('webhooks', () => {
  test('are sent again until they are taken', async () => {
    failures = 2;
    const account = await stripe.accounts.create({ capabilities: { transfers: { requested: true } } });
    await expect.poll(() => received.some(({ body }) => body.includes(account.id))).toBe(true);
  });

  test('fail verification when they are old, printed anew, or signed with another secret', () => {
    const [event] = simulator.events();
    if (!event) throw new Error('no event');
    const body = eventBody(event);
    const verify = (text: string, header: string) => () => stripe.webhooks.constructEvent(text, header, HOOK_SECRET);
    expect(verify(body, signatureHeader(body, HOOK_SECRET))).not.toThrow();
    expect(verify(JSON.stringify(JSON.parse(body)), signatureHeader(body, HOOK_SECRET))).toThrow();
    expect(verify(body, signatureHeader(body, 'whsec_other'))).toThrow();
    expect(verify(body, signatureHeader(body, HOOK_SECRET, Math.floor(Date.now() / 1000) - 301))).toThrow();
  });
});
