import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { newId } from '@/lib/ids';
import { syncPurchase } from '@/lib/payments/card/sync-purchase';
import { eventsOf, openCardShop } from '@/lib/payments/card/testing/card-shop';
import { ACTS, actUntil, beginStory, expectEnd, type Story, spendIfOpen } from '@/lib/payments/card/testing/purchase-story';
import { seededRandom } from '@/lib/payments/testing/seeded-random';
import { tillFixture } from '@/lib/payments/testing/till-fixture';
import { approvePayout } from '@/lib/payouts/approve-payout';
import { refreshAccountOf } from '@/lib/payouts/connect/refresh-account';
import { onboardingReturn, startOnboarding } from '@/lib/payouts/connect/start-onboarding';
import { findDestination } from '@/lib/payouts/list-rails';
import { matureEarnings } from '@/lib/payouts/mature-earnings';
import { requestPayout } from '@/lib/payouts/request-payout';
import { earn, newcomer } from '@/lib/payouts/testing/earn';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { receiveEvent } from '@/lib/stripe/receive-event';
import { verifyWebhook } from '@/lib/stripe/verify-webhook';
import { seedPerson } from '@/prisma/seed/people';
import { shuffled } from '@/scripts/standins/stripe/control';
import { eventBody, signatureHeader } from '@/scripts/standins/stripe/webhooks';
import { checkCredited } from './chain/check-credited';
import { checkDeposits } from './chain/check-deposits';
import { checkTill } from './chain/check-till';
import { checkPayouts } from './payouts/check-payouts';
import { checkCards } from './stripe/check-cards';
import { checkPurchases } from './stripe/check-purchases';
import { checkTransfers } from './stripe/check-transfers';
import { startAnswerProxy } from './testing/answer-proxy';
import { runOne } from './testing/run-one';

const [KILLS, STORIES, PAYOUTS, PAYMENTS] = [8, 18, 16, 12];
const OPERATOR = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
const CREDITS = 2_500;
const HOOK = 'whsec_simulator';
const seed = Number(process.env.SEED ?? 20261130);
const random = seededRandom(seed);

const shop = await openCardShop(process.env.DATABASE_URL);
const { db, simulator } = shop;
const settings = {
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: HOOK,
  STRIPE_API_BASE: simulator.url,
  OPERATOR_ADDRESSES: OPERATOR,
};
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
const till = tillFixture(db, 3);
const proxy = await startAnswerProxy(simulator.url);
const workers: ChildProcess[] = [];

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  simulator.act('top-up', { amount: 10_000_000 });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await proxy.stop();
  await shop.close();
});

/** Loads a worker process, which then waits for its turn. */
async function loadWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/reconciliation/testing/money-worker.ts'], {
    env: { ...process.env, LOG_LEVEL: 'silent', STRIPE_API_BASE: proxy.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  workers.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (data) => String(data).includes('worker loaded') && resolve());
    child.once('exit', () => reject(new Error('the worker did not start')));
  });
  return child;
}

/** When a worker is killed: some milliseconds after it took up its first jobs (null), or as an answer to such a call is on its way to it. */
const MOMENTS = [null, 'POST /v1/transfers', 'GET /v1/checkout', 'POST /v1/transfers', null, 'POST /v1/transfers', 'GET /v1/disputes', null];

async function workUntilKilled(child: ChildProcess, moment: string | null): Promise<void> {
  const exited = once(child, 'exit');
  let left = 1 + Math.floor(random() * 2);
  proxy.beforeAnswer = (call) => {
    if (moment && call.startsWith(moment) && --left === 0) child.kill('SIGKILL');
  };
  child.stdin?.write('go\n');
  const begun = async () => (await db.pool.query('SELECT FROM graphile_worker.jobs WHERE locked_by IS NOT NULL')).rowCount;
  // It may have done all there was between two looks.
  await vi.waitFor(async () => expect(await begun()).toBeGreaterThan(0), { timeout: 3_000, interval: 3 }).catch(() => {});
  await Promise.race([exited, sleep(moment ? 2_000 : random() * 120)]);
  child.kill('SIGKILL');
  await exited;
}

/** What a dead worker had begun is given to the next one at once: a living one would do it after 20 seconds. Returns how much that was. */
async function takeOver(): Promise<number> {
  const { rows } = await db.pool.query<{ by: string }>('SELECT locked_by AS by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL');
  await db.pool.query('SELECT graphile_worker.force_unlock_workers($1)', [rows.map(({ by }) => by)]);
  return rows.length;
}

/** A purchase's acts in their order, each followed by what Stripe tells of it. Of every third we know that it is paid, and it is spent of. */
async function storySteps(i: number): Promise<{ story: Story; steps: (() => Promise<void>)[] }> {
  const story = await beginStory(shop, i % 2 ? 'win' : 'lose');
  if (i % 3 === 0) {
    actUntil(shop, story, 'pay');
    await syncPurchase(db, shop.api, story.purchase.id);
    await spendIfOpen(shop, story);
  }
  const steps = ACTS.slice(story.acted).map((what) => async () => {
    actUntil(shop, story, what);
    for (const event of shuffled(eventsOf(shop, story.purchase), seed + i)) {
      const body = eventBody(event);
      await receiveEvent(db, verifyWebhook(body, signatureHeader(body, HOOK), [HOOK]));
    }
  });
  return { story, steps };
}

/** A payout that waits for its approval, which enqueues it. */
async function payoutStep(operator: Actor): Promise<() => Promise<void>> {
  const [creator, id] = [await newcomer(db), newId()];
  await startOnboarding(db, creator, openConnectApi(), onboardingReturn('http://localhost:3000'));
  const { accountId } = await db.prisma.connectAccount.findUniqueOrThrow({ where: { userId: creator.userId } });
  simulator.act('onboard', { id: accountId });
  await refreshAccountOf(db, openConnectApi(), creator.userId);
  // With bonus: a payment out of nowhere would be found. Long ago, so that it has matured.
  await earn(db, creator, { millicredits: BigInt(CREDITS) * 1000n, paidWith: 'bonus', day: '2026-01-02' });
  await matureEarnings(db, 30);
  await requestPayout(db, creator, { id, credits: CREDITS, rail: 'connect' }, findDestination);
  return async () => void (await approvePayout(db, operator, { id }));
}

/** Deals the stacks out into one, each in its own order. */
function dealt<T>(stacks: T[][]): T[] {
  const out: T[] = [];
  for (let left = stacks; left.length > 0; left = left.filter(({ length }) => length > 0)) {
    const next = left[Math.floor(random() * left.length)]?.shift();
    if (next) out.push(next);
  }
  return out;
}

const isDone = async () => {
  const { rows } = await db.pool.query<{ open: number }>(
    `SELECT (SELECT count(*) FROM stripe_event WHERE handled_at IS NULL) + (SELECT count(*) FROM payout WHERE state <> 'sent')
            + (SELECT count(*) FROM deposit WHERE state <> 'credited') + (SELECT count(*) FROM graphile_worker.jobs WHERE run_at <= now()) AS open`,
  );
  return Number(rows[0]?.open) === 0 && (await db.prisma.deposit.count()) === PAYMENTS;
};

test(`${KILLS} workers killed one after the other in the middle of payments, deposits and payouts leave the books as if none had been`, {
  timeout: 180_000,
}, async () => {
  onTestFailed(() => console.log(`SEED=${seed}`));
  const operator = await seedPerson(db, OPERATOR);
  const loading = Array.from({ length: KILLS + 1 }, loadWorker);
  const told = await Promise.all(Array.from({ length: STORIES }, (_, i) => storySteps(i)));
  const payouts = await Promise.all(Array.from({ length: PAYOUTS }, () => payoutStep(operator)));
  const payers = await Promise.all(Array.from({ length: PAYMENTS }, () => till.signUp()));
  const deposits = payers.map((payer) => async () => {
    await till.payQuote(payer);
    await testChain.mine();
  });
  const steps = dealt([...told.map((one) => one.steps), payouts, deposits]);
  const share = Math.ceil(steps.length / KILLS);
  const [last, ...doomed] = await Promise.all(loading);
  let interrupted = 0;
  for (const [i, child] of doomed.entries()) {
    for (const step of steps.splice(0, share)) await step();
    await workUntilKilled(child, MOMENTS[i] ?? null);
    interrupted += await takeOver();
  }
  proxy.beforeAnswer = () => {};
  last?.stdin?.write('go\n');
  while (!(await isDone())) {
    await testChain.mine();
    await sleep(100);
  }
  // The kills hit something: jobs were under way.
  expect(interrupted).toBeGreaterThanOrEqual(KILLS / 2);
  for (const { story } of told) await expectEnd(shop, story, { seed, purchase: story.purchase.id });
  for (const payer of payers) expect(await getBalance(db, payer)).toMatchObject({ availableMillicredits: '500000', owedMillicredits: '0' });
  expect(await auditBooks(db)).toEqual([]);
  const checks = [checkCredited, checkDeposits, checkTill, checkPayouts, checkPurchases, checkCards, checkTransfers];
  for (const check of checks) expect([check.name, await runOne(db, check)]).toEqual([check.name, []]);
});
