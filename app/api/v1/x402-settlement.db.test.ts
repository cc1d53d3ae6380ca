import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPublicClient, custom } from 'viem';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testChain } from '@/lib/chain/testing/env-chain';
import { purseOf } from '@/lib/credits/accounts';
import { auditBooks } from '@/lib/credits/queries';
import { inTransaction } from '@/lib/db';
import { BELIEVED_AFTER_SECONDS } from '@/lib/gateway/x402/open-payments';
import { settlementHandlers } from '@/lib/gateway/x402/own-facilitator';
import { settlePayments } from '@/lib/gateway/x402/settle-payments';
import { newId } from '@/lib/ids';
import { serveFacilitator } from './testing/facilitator-server';
import { openPaidHouse, sendAuthorized, until } from './testing/paid-house';
import { authorizationOf, isUsed, sendPayment, signPayment, till, usdcBalance } from './testing/payers';

// A facilitator that is somebody else's, reached over HTTP by x402's own client of it. What it says decides nothing: the chain does.
const PRICE = 20_000n;
const body = { model: 'proof', prompt: 'to be settled' };
let house: Awaited<ReturnType<typeof openPaidHouse>>;
const facilitator = await serveFacilitator(() => house.db);
process.env.X402_FACILITATOR_URL = facilitator.url;

beforeAll(async () => {
  house = await openPaidHouse();
});
afterEach(async () => {
  Object.assign(house.state, { gate: async () => {}, isMining: true });
  facilitator.manner = 'settles';
  facilitator.paid = [];
  expect(await auditBooks(house.db)).toEqual([]);
});
afterAll(async () => {
  await house.close();
  facilitator.close();
});

const pay = async (units = 10n * PRICE) => {
  const payer = await house.funded(units);
  const payment = await signPayment(payer, house.runs, body);
  return { payer, payment, send: () => sendPayment(house.runs, body, payment) };
};

test.each(['settles', 'lost'] as const)('a settlement that %s is found on the chain, and releases the work', async (manner) => {
  const { payer, send } = await pay();
  facilitator.manner = manner;
  const { status, settled } = await send();
  expect([status, await usdcBalance(payer.address)]).toEqual([200, 9n * PRICE]);
  const { logs } = await testChain.client.getTransactionReceipt({ hash: settled?.transaction as `0x${string}` });
  expect(logs.length).toBe(2);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'captured' }]);
});

test('a settlement that is refused ends the run, and nothing is charged', async () => {
  const { payer, payment, send } = await pay();
  facilitator.manner = 'refused';
  const { status, body: answer } = await send();
  expect([status, answer.code, await isUsed(payer.address, authorizationOf(payment).nonce)]).toEqual([402, 'payment_not_settled', false]);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'failed', errorCode: 'payment_not_settled', work: null }]);
  expect(await send()).toMatchObject({ status: 402, body: { code: 'payment_not_settled' } });
});

test('a settlement that is said to be under way is no refusal', async () => {
  const { payer, payment, send } = await pay();
  facilitator.manner = 'pending';
  facilitator.asked = [];
  const answer = send();
  await until(async () => facilitator.asked.includes('/settle'));
  // Longer than a refusal takes to count.
  await sleep(BELIEVED_AFTER_SECONDS * 1_000 + 1_500);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'running' }]);
  await sendAuthorized(payment);
  expect((await answer).status).toBe(200);
});

test.each(['our own', 'another’s'])('%s refusal counts only when the chain is looked at some seconds later', async (whose) => {
  const { payer, payment, send } = await pay();
  facilitator.manner = whose === 'our own' ? 'silent' : 'refused';
  facilitator.asked = [];
  const answer = send();
  await until(async () => facilitator.asked.includes('/settle'));
  const { id: ref } = await house.db.prisma.x402Payment.findFirstOrThrow({ where: { payer: payer.address } });
  const settlement = {
    id: ref,
    ref,
    chainId: 31_337,
    keyId: ref,
    outcome: 'reverted' as const,
    gasWei: 0n,
    valueWei: 0n,
    txHash: null,
    error: 'reverted',
  };
  // Whoever has asked is done with it.
  await until(
    async () => (await house.db.pool.query(`SELECT 1 FROM x402_payment WHERE id = $1 AND look_at < now() + interval '10 seconds'`, [ref])).rowCount,
  );
  if (whose === 'our own') await inTransaction(house.db.pool, async (tx) => settlementHandlers[0]?.onSettled(tx, settlement));
  await until(async () => (await house.db.prisma.x402Payment.findUniqueOrThrow({ where: { id: ref } })).refusal);
  await sendAuthorized(payment);
  expect((await answer).status).toBe(200);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'captured' }]);
});

test('what is delivered is not made again while its payment waits, and is released when that is settled', async () => {
  const { payer, send } = await pay();
  facilitator.manner = 'silent';
  const answer = send();
  await until(async () => (await house.runsOf(payer))[0]?.deliveredAt);
  const [run] = await house.runsOf(payer);
  const { rows } = await house.db.pool.query('SELECT * FROM generation_claim_set(ARRAY[$1::uuid], ARRAY[$2::uuid], 100, 100)', [
    run?.id,
    randomUUID(),
  ]);
  expect([rows, run?.state, run?.work]).toEqual([[], 'running', null]);
  // Nor is it ended by whoever made it and hears of a cancel, or that it took too long, only then.
  const end = 'SELECT generation_end($1, $2, $3, $4, $5) AS ended';
  const ended = await house.db.pool.query(end, [run?.id, run?.attempt, ['running'], 'cancelled', 'run_cancelled']);
  expect([ended.rows, (await house.runsOf(payer))[0]?.state]).toEqual([[{ ended: false }], 'running']);
  facilitator.manner = 'settles';
  await house.db.pool.query('UPDATE x402_payment SET asked_at = NULL WHERE payer = $1', [payer.address]);
  expect((await answer).status).toBe(200);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'captured', attempt: 1 }]);
});

test('who may not spend pays for no single call either', async () => {
  const { payer, send } = await pay();
  const user = await house.db.prisma.user.create({ data: { id: newId(), address: payer.address } });
  const purse = await purseOf(house.db, user.id);
  await house.db.pool.query('SELECT ledger.set_freeze($1, $2, true)', [purse, user.id]);
  expect(await send()).toMatchObject({ status: 403, body: { code: 'spending_frozen' } });
  expect(await house.db.prisma.x402Payment.count({ where: { payer: payer.address } })).toBe(0);
});

test('money that comes after all, for a run that has failed, is its payer’s', async () => {
  const { payer, send } = await pay();
  facilitator.manner = 'wrong';
  expect((await send()).status).toBe(402);
  for (const payment of facilitator.paid) await sendAuthorized(payment);
  await house.lookNow(payer);
  await until(async () => (await house.creditsOf(payer))?.availableMillicredits === '2000');
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'failed', work: null }]);
});

test('money that is found when its block is forgotten is booked all the same', async () => {
  const { payer, send } = await pay();
  facilitator.manner = 'wrong';
  expect((await send()).status).toBe(402);
  await house.db.pool.query(`UPDATE x402_payment SET look_at = now() + interval '1 hour' WHERE payer = $1`, [payer.address]);
  for (const payment of facilitator.paid) await sendAuthorized(payment);
  const head = await testChain.client.getBlockNumber({ cacheTime: 0 });
  await until(async () => (await house.db.pool.query('SELECT 1 FROM chain_block WHERE number > $1::bigint + 3', [head])).rowCount);
  await house.db.pool.query('DELETE FROM chain_block WHERE number <= $1', [head]);
  await house.lookNow(payer);
  await until(async () => (await house.creditsOf(payer))?.availableMillicredits === '2000');
});

test('where nobody verifies, nothing starts', async () => {
  const { payer, send } = await pay();
  facilitator.manner = 'gone';
  expect(await send()).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(await house.userOf(payer)).toBeNull();
});

test('a ninth payment that is not settled is refused, and the eight are paid', async () => {
  const payer = await house.funded(10n * PRICE);
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  house.state.gate = () => opened;
  const gated = { model: 'gated', prompt: 'x' };
  const send = async () => sendPayment(house.runs, gated, await signPayment(payer, house.runs, gated));
  const eight = Array.from({ length: 8 }, send);
  await until(async () => (await house.runsOf(payer)).length === 8);
  expect(await send()).toMatchObject({ status: 429, body: { code: 'payments_pending' } });
  open();
  expect((await Promise.all(eight)).map(({ status }) => status)).toEqual(eight.map(() => 200));
  expect(await usdcBalance(payer.address)).toBe(2n * PRICE);
});

test('money is counted once: of eight payments at the same time with the money for three, three are taken', async () => {
  const payer = await house.funded(3n * PRICE);
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  house.state.gate = () => opened;
  const gated = { model: 'gated', prompt: 'x' };
  const eight = Array.from({ length: 8 }, async () => sendPayment(house.runs, gated, await signPayment(payer, house.runs, gated)));
  await until(async () => (await house.runsOf(payer)).length === 3);
  const refused = await sendPayment(house.runs, gated, await signPayment(payer, house.runs, gated));
  expect(refused).toMatchObject({ status: 402, body: { code: 'payment_invalid', details: { reason: 'insufficient_funds' } } });
  expect(refused.headers.has('payment-required')).toBe(true);
  open();
  expect((await Promise.all(eight)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 402, 402, 402, 402, 402]);
  expect([(await house.runsOf(payer)).length, await usdcBalance(payer.address)]).toEqual([3, 0n]);
});

test('a run that waits for its money takes no place of those that are made', async () => {
  const [{ payer, send }, second] = [await pay(), await pay()];
  const { id } = await house.db.prisma.deployment.findFirstOrThrow({ where: { version: { model: { slug: 'proof' } } } });
  await house.db.prisma.deployment.update({ where: { id }, data: { maxRunning: 1 } });
  facilitator.manner = 'silent';
  facilitator.asked = [];
  const first = send();
  await until(async () => facilitator.asked.includes('/settle'));
  facilitator.manner = 'settles';
  expect((await second.send()).status).toBe(200);
  expect(await house.runsOf(payer)).toMatchObject([{ state: 'running' }]);
  await house.db.pool.query('UPDATE x402_payment SET asked_at = NULL WHERE payer = $1', [payer.address]);
  expect((await first).status).toBe(200);
  await house.db.prisma.deployment.update({ where: { id }, data: { maxRunning: 64 } });
});

test('a model for which many wallets did not pay takes no single payments for the rest of a day', async () => {
  const [lost, { payer, send }] = [await pay(), await pay()];
  facilitator.manner = 'refused';
  expect((await lost.send()).status).toBe(402);
  facilitator.manner = 'settles';
  const { db } = house;
  const [one] = await house.runsOf(lost.payer);
  const before = await db.prisma.generation.count({ where: { deliveredAt: { not: null }, state: 'failed', version: { model: { slug: 'proof' } } } });
  // As if so many more had been made and not paid.
  await db.pool.query(
    `WITH payment AS (
       INSERT INTO x402_payment SELECT (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'nonce', '0x' || lpad(to_hex(n), 64, 'a')))).*
         FROM x402_payment x, generate_series(1, $2) n WHERE x.id = $1 RETURNING id)
     INSERT INTO generation SELECT (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'quote_id', gen_random_uuid(), 'x402_payment_id', p.id))).*
       FROM generation x, payment p WHERE x.x402_payment_id = $1`,
    [one?.x402PaymentId, 20 - before],
  );
  const refused = await send();
  expect(refused).toMatchObject({ status: 503, body: { code: 'payments_paused' } });
  expect([refused.headers.get('retry-after'), await db.prisma.x402Payment.count({ where: { payer: payer.address } })]).toEqual(['3600', 0]);
  const other = { model: 'gated', prompt: 'of another model' };
  const another = await house.funded(PRICE);
  expect((await sendPayment(house.runs, other, await signPayment(another, house.runs, other))).status).toBe(200);
  await db.pool.query(`UPDATE generation SET delivered_at = now() - interval '25 hours' WHERE user_id = $1`, [one?.userId]);
  expect((await send()).status).toBe(200);
});

test('a settlement that a reorg takes back is owed, and paid when it comes again', async () => {
  const { payer, payment, send } = await pay();
  expect((await send()).status).toBe(200);
  const [before, deposit] = [await usdcBalance(till()), await house.db.prisma.deposit.findFirstOrThrow({ where: { payer: payer.address } })];
  house.state.isMining = false;
  const head = await testChain.client.getBlockNumber({ cacheTime: 0 });
  const depth = Number(head - deposit.blockNumber) + 1;
  await testChain.test.request<{ Method: string; Parameters: [number, never[]]; ReturnType: null }>({ method: 'anvil_reorg', params: [depth, []] });
  house.state.isMining = true;
  await until(async () => (await house.creditsOf(payer))?.owedMillicredits === '2000');
  expect([await usdcBalance(till()), await house.runsOf(payer)]).toMatchObject([before - PRICE, [{ state: 'captured' }]]);
  // The facilitator is asked again, once its last answer is old.
  await house.db.pool.query('UPDATE x402_payment SET asked_at = NULL WHERE payer = $1', [payer.address]);
  await house.lookNow(payer);
  await until(async () => (await house.creditsOf(payer))?.owedMillicredits === '0');
  expect(await isUsed(payer.address, authorizationOf(payment).nonce)).toBe(true);
  expect(await house.creditsOf(payer)).toMatchObject({ availableMillicredits: '0' });
  expect(await house.db.prisma.deposit.findMany({ where: { payer: payer.address }, orderBy: { blockNumber: 'asc' } })).toMatchObject([
    { state: 'reversed' },
    { state: 'credited' },
  ]);
});

test('money that has come and cannot be booked is told to the operators', async () => {
  const { payer, send } = await pay();
  facilitator.manner = 'wrong';
  expect((await send()).status).toBe(402);
  await house.db.pool.query(`UPDATE x402_payment SET look_at = now() + interval '1 hour' WHERE payer = $1`, [payer.address]);
  for (const payment of facilitator.paid) await sendAuthorized(payment);
  const { id } = await house.db.prisma.x402Payment.findFirstOrThrow({ where: { payer: payer.address } });
  const alerts = () => house.db.prisma.operatorAlert.findMany({ where: { key: `x402 payment ${id}` } });
  const deaf = createPublicClient({
    transport: custom({
      request: ({ method, params }) =>
        method === 'eth_getLogs' ? Promise.reject(new Error('no logs')) : testChain.client.request({ method, params } as never),
    }),
  });
  const look = async () => {
    await house.lookNow(payer);
    await settlePayments(house.db, { client: deaf as never });
  };
  await house.stopLoops();
  await look();
  expect(await alerts()).toEqual([]);
  // Two hours later, as the chain has it.
  await house.db.pool.query(`UPDATE chain_block SET at = at + interval '2 hours'`);
  await look();
  await look();
  expect(await alerts()).toMatchObject([{ kind: 'x402_payment_stuck', details: { payer: payer.address, run: 'ended' } }]);
});
