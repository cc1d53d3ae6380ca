import type { Hex } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { acknowledgeAlert } from '@/lib/alerts/acknowledge-alert';
import { listAlerts } from '@/lib/alerts/queries';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { getDeposit } from './queries';
import { tillFixture } from './testing/till-fixture';

// A real chain that forks below the confirmed depth: halted, compensated, and after an operator's word whole again.
const CONFIRMATIONS = 3;
const OPERATOR = '0x14dc79964da2c08b23698b3d3cc7ca32193d9955';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
const db = openDatabase(process.env.DATABASE_URL ?? '');
const till = tillFixture(db, CONFIRMATIONS);
let clean: Hex;
let operator: Actor;
let actor: Actor;
let paid: { memo: Hex; raw: Hex };

/** Another process each time, as after a restart. */
const index = () => till.indexer(false).run(db);
const open = async () => (await listAlerts(db, operator)).filter(({ acknowledgedAt }) => acknowledgedAt === null);
async function acknowledge(): Promise<void> {
  for (const { id } of await open()) await acknowledgeAlert(db, operator, { id });
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  operator = await till.signUp(OPERATOR);
  clean = await testChain.test.snapshot();
});
beforeEach(async () => {
  await testChain.test.revert({ id: clean });
  clean = await testChain.test.snapshot();
  await till.forget();
  actor = await till.signUp();
  paid = await till.payQuote(actor);
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
  expect(await till.available(actor)).toBe(500_000n);
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

test('takes the credits of the lost payment back at once, tells the operators, and indexes nothing more, however often it is started', async () => {
  const before = await till.clearing();
  await till.reorg(CONFIRMATIONS + 1);
  for (let i = 0; i < 3; i++) {
    await testChain.mine();
    await index();
  }
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '0', owedMillicredits: '0' });
  expect(await getDeposit(db, actor, paid.memo)).toMatchObject({ state: 'reversed' });
  expect(await till.clearing()).toBe(before + 500_000n);
  expect(await open()).toMatchObject([{ kind: 'chain_forked', details: { depth: CONFIRMATIONS + 1 } }]);
  expect(await db.prisma.chainHalt.count()).toBe(1);
  await acknowledge();
});

test('leaves a debt where the credits were spent, and stops further spending', async () => {
  await till.spend(actor, 300_000n);
  await till.reorg(CONFIRMATIONS + 1);
  await testChain.mine();
  await index();
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '0', owedMillicredits: '300000', frozen: true });
  await acknowledge();
});

test('goes on from the fork when an operator has acknowledged it: a payment that came again is credited, and repays the debt', async () => {
  await till.spend(actor, 300_000n);
  await till.reorg(CONFIRMATIONS + 1, [[paid.raw, 1]]);
  await testChain.mine(CONFIRMATIONS);
  await index();
  expect(await getBalance(db, actor)).toMatchObject({ owedMillicredits: '300000' });
  await acknowledge();
  await index();
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '200000', owedMillicredits: '0', frozen: false });
  expect(await getDeposit(db, actor, paid.memo)).toMatchObject({ state: 'credited' });
  expect(await db.prisma.chainHalt.count()).toBe(0);
});

test('a chain that returns to the blocks it had gives back what was compensated, after the operator’s word and once', async () => {
  const state = await testChain.test.dumpState();
  await till.reorg(CONFIRMATIONS + 1);
  await testChain.mine();
  await index();
  expect(await till.available(actor)).toBe(0n);
  await testChain.test.revert({ id: clean });
  clean = await testChain.test.snapshot();
  await testChain.test.loadState({ state });
  await index();
  expect(await till.available(actor)).toBe(0n);
  await acknowledge();
  for (let i = 0; i < 3; i++) await index();
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '500000', owedMillicredits: '0' });
});

test('a payment that was not credited yet is only forgotten', async () => {
  const second = await till.payQuote(actor);
  await testChain.mine(2);
  await index();
  await till.reorg(CONFIRMATIONS + 3);
  await testChain.mine();
  await index();
  await acknowledge();
  await index();
  expect(await getDeposit(db, actor, second.memo)).toBeNull();
  expect(await getBalance(db, actor)).toMatchObject({ availableMillicredits: '0', owedMillicredits: '0' });
});
