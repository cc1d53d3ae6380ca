import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { seedPerson } from '@/prisma/seed/people';
import type { FaultKind } from '@/scripts/standins/stripe/faults';
import { type Simulator, startSimulator } from '@/scripts/standins/stripe/server';
import { approvePayout } from './approve-payout';
import { accountEvents } from './connect/account-events';
import { refreshAccount, refreshAccountOf } from './connect/refresh-account';
import { onboardingReturn, refreshOnboarding, startOnboarding } from './connect/start-onboarding';
import { getEarnings } from './get-earnings';
import { findDestination, listRails } from './list-rails';
import { payoutOutlets } from './outlets';
import { listPayouts } from './queries';
import { requestPayout } from './request-payout';
import { sendPayout } from './send-payout';
import { earn, newcomer } from './testing/earn';

const OPERATOR = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
vi.stubEnv('STRIPE_SECRET_KEY', 'sk_test_simulator');
vi.stubEnv('STRIPE_WEBHOOK_SECRET', 'whsec_simulator');
const simulator: Simulator = await startSimulator({ port: 0, secretKey: 'sk_test_simulator' });
vi.stubEnv('STRIPE_API_BASE', simulator.url);

const CREDITS = 2_500;
const db = openDatabase(process.env.DATABASE_URL ?? '');
const api = () => openConnectApi();
let operator: Actor;

beforeAll(async () => {
  operator = await seedPerson(db, OPERATOR);
});
beforeEach(() => void simulator.act('top-up', { amount: 1_000_000 }));
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await simulator.close();
  await db.close();
});

const fault = (method: string, path: string, kind: FaultKind, times = 1) => void simulator.act('fault', { method, path, kind, times });
const where = onboardingReturn('http://localhost:3000');
const railOf = async (actor: Actor) => (await listRails(db, actor)).find(({ rail }) => rail === 'connect');
const accountOf = async (actor: Actor) => (await db.prisma.connectAccount.findUniqueOrThrow({ where: { userId: actor.userId } })).accountId;
const transfersFor = (id: string) => api().findTransfers(id);
const send = (id: string) => sendPayout(db, payoutOutlets(db), id);

/** A creator who finished Stripe's set-up. */
async function onboarded(): Promise<Actor> {
  const creator = await newcomer(db);
  await startOnboarding(db, creator, api(), where);
  simulator.act('onboard', { id: await accountOf(creator) });
  await refreshAccountOf(db, api(), creator.userId);
  return creator;
}

async function approved(): Promise<{ creator: Actor; id: string }> {
  const creator = await onboarded();
  await earn(db, creator, { millicredits: BigInt(CREDITS) * 1000n });
  const id = newId();
  await requestPayout(db, creator, { id, credits: CREDITS, rail: 'connect' }, findDestination);
  await approvePayout(db, operator, { id });
  return { creator, id };
}

describe('setting up', () => {
  test('leads to Stripe’s page and back, and payouts are on once Stripe says so', async () => {
    const creator = await newcomer(db);
    expect(await railOf(creator)).toMatchObject({ ready: false, setUp: 'never' });
    const { url } = await startOnboarding(db, creator, api(), where);
    expect(await (await fetch(url)).text()).toContain('Simulator');
    await refreshAccountOf(db, api(), creator.userId);
    expect(await railOf(creator)).toMatchObject({ ready: false, setUp: 'begun' });
    const asked = requestPayout(db, creator, { id: newId(), credits: 1_000, rail: 'connect' }, findDestination);
    await expect(asked).rejects.toMatchObject({ code: 'payouts_not_set_up' });
    simulator.act('onboard', { id: await accountOf(creator) });
    await refreshAccountOf(db, api(), creator.userId);
    expect(await railOf(creator)).toMatchObject({ ready: true, destination: await accountOf(creator), note: 'Simulator: no money moves here.' });
  });

  test('a stale page leads to a fresh one where an account exists, and makes none: anybody’s link may open it', async () => {
    const creator = await newcomer(db);
    expect(await refreshOnboarding(db, creator, api(), where)).toBeNull();
    expect(await railOf(creator)).toMatchObject({ ready: false, setUp: 'never' });
    await startOnboarding(db, creator, api(), where);
    expect(await refreshOnboarding(db, creator, api(), where)).toEqual({ url: expect.stringContaining('http') });
  });

  test('makes one account, however often it is begun, and when the answer was lost', async () => {
    const creator = await newcomer(db);
    fault('POST', '/v1/accounts', 'drop', 3);
    await expect(startOnboarding(db, creator, api(), where)).rejects.toMatchObject({ code: 'payment_unavailable' });
    await Promise.all(Array.from({ length: 4 }, () => startOnboarding(db, creator, api(), where)));
    const made = simulator.events().filter(({ type, data }) => type === 'account.updated' && JSON.stringify(data).includes(creator.userId));
    expect(made).toHaveLength(1);
    expect(JSON.stringify(made[0]?.data)).toContain(await accountOf(creator));
  });

  test('follows events in any order: each asks what is so now; accounts of others are nobody’s', async () => {
    const creator = await onboarded();
    const accountId = await accountOf(creator);
    const event = { id: 'evt', type: 'account.updated', objectId: accountId, purchaseId: null, paymentIntentId: null, accountId };
    simulator.act('onboard', { id: accountId, done: false });
    await Promise.all([accountEvents.handle(db, event), accountEvents.handle(db, event)]);
    expect(await railOf(creator)).toMatchObject({ ready: false, setUp: 'begun' });
    await accountEvents.handle(db, { ...event, objectId: 'acct_other', accountId: 'acct_other' });
  });

  test('does not let an old reading undo a newer one', async () => {
    const creator = await onboarded();
    const accountId = await accountOf(creator);
    let answer: ((reading: { payoutsEnabled: boolean }) => void) | undefined;
    const slow = {
      ...api(),
      readAccount: () =>
        new Promise<{ payoutsEnabled: boolean }>((resolve) => {
          answer = resolve;
        }),
    };
    const early = refreshAccount(db, slow, accountId);
    await vi.waitFor(() => expect(answer).toBeDefined());
    simulator.act('onboard', { id: accountId, done: false });
    await refreshAccount(db, api(), accountId);
    answer?.({ payoutsEnabled: true });
    await early;
    expect(await railOf(creator)).toMatchObject({ ready: false });
  });
});

describe('a payout to a bank', () => {
  test('is a transfer to the creator’s account, in cents', async () => {
    const { creator, id } = await approved();
    await send(id);
    expect(await transfersFor(id)).toMatchObject([{ accountId: await accountOf(creator), amountCents: 2_500n, reversed: false }]);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sent', amountOut: '2500' }]);
    expect(await getEarnings(db, creator, 30)).toMatchObject({ availableMillicredits: '0', onTheWayMillicredits: '0', paidMillicredits: '2500000' });
  });

  test('is one transfer, however many send it at the same moment and later', async () => {
    const { creator, id } = await approved();
    await Promise.allSettled(Array.from({ length: 8 }, () => send(id)));
    await send(id);
    expect(await transfersFor(id)).toHaveLength(1);
    expect((await getEarnings(db, creator, 30)).paidMillicredits).toBe('2500000');
  });

  test.each([
    ['Stripe could not be reached', 'POST', 'refuse', 3],
    ['the transfer was made and its answer lost', 'POST', 'drop', 3],
    ['Stripe was too busy', 'POST', 'limit', 1],
    ['what was sent could not be looked up', 'GET', 'refuse', 3],
  ] as const)('waits while nobody knows (%s), and is one transfer in the end', async (_why, method, kind, times) => {
    const { creator, id } = await approved();
    fault(method, '/v1/transfers', kind, times); // the SDK tries most calls three times
    await expect(send(id)).rejects.toMatchObject({ code: 'payment_unavailable' });
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sending' }]);
    expect((await getEarnings(db, creator, 30)).onTheWayMillicredits).toBe('2500000');
    await send(id);
    expect(await transfersFor(id)).toHaveLength(1);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sent' }]);
  });

  test('that ran into an error of Stripe’s own stays open: nothing is given back while its key remembers the error', async () => {
    const { creator, id } = await approved();
    fault('POST', '/v1/transfers', 'error');
    await expect(send(id)).rejects.toMatchObject({ code: 'payment_unavailable' });
    await expect(send(id)).rejects.toMatchObject({ code: 'payment_unavailable' });
    expect(await transfersFor(id)).toEqual([]);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sending' }]);
  });

  test.each([
    [
      'the account cannot take transfers',
      'insufficient_capabilities_for_transfer',
      async (creator: Actor) => simulator.act('onboard', { id: await accountOf(creator), done: false }),
    ],
    ['the house has not enough there', 'balance_insufficient', async () => simulator.act('top-up', { amount: -(await balance()) })],
  ])('that Stripe refuses (%s) gives the credits back', async (_why, error, spoil) => {
    const { creator, id } = await approved();
    await spoil(creator);
    await send(id);
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'failed', error }]);
    expect((await getEarnings(db, creator, 30)).availableMillicredits).toBe('2500000');
    expect(await transfersFor(id)).toEqual([]);
  });

  test('whose transfer differs from what was asked for ends by no program', async () => {
    const { creator, id } = await approved();
    await api().createTransfer({ payoutId: id, accountId: await accountOf(creator), amountCents: 1n });
    await expect(send(id)).rejects.toThrow('other transfers');
    expect(await listPayouts(db, creator)).toMatchObject([{ state: 'sending' }]);
  });
});

/** What the house has at the stand-in, in cents. */
async function balance(): Promise<number> {
  const response = await fetch(`${simulator.url}/v1/balance`, { headers: { authorization: 'Bearer sk_test_simulator' } });
  return ((await response.json()) as { available: { amount: number }[] }).available[0]?.amount ?? 0;
}
