import { type Hex, parseEther } from 'viem';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey } from '@/lib/keys/sealed-keys';
import { approvePayout } from '@/lib/payouts/approve-payout';
import { refreshAccountOf } from '@/lib/payouts/connect/refresh-account';
import { onboardingReturn, startOnboarding } from '@/lib/payouts/connect/start-onboarding';
import { findDestination } from '@/lib/payouts/list-rails';
import { payoutOutlets } from '@/lib/payouts/outlets';
import { usdcToken } from '@/lib/payouts/rails/usdc-token';
import { requestPayout } from '@/lib/payouts/request-payout';
import type { Rail } from '@/lib/payouts/schema';
import { sendPayout } from '@/lib/payouts/send-payout';
import { payoutSettlement } from '@/lib/payouts/settle-chain-payout';
import { earn, newcomer } from '@/lib/payouts/testing/earn';
import { openConnectApi } from '@/lib/stripe/open-connect-api';
import { seedPerson } from '@/prisma/seed/people';
import { startSimulator } from '@/scripts/standins/stripe/server';
import { checkTransfers } from '../stripe/check-transfers';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkPayouts } from './check-payouts';

const OPERATOR = '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955';
const simulator = await startSimulator({ port: 0, secretKey: 'sk_test_simulator' });
const settings = {
  OPERATOR_ADDRESSES: OPERATOR,
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_WEBHOOK_SECRET: 'whsec_simulator',
  STRIPE_API_BASE: simulator.url,
};
for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
const db = openDatabase(process.env.DATABASE_URL ?? '');
let operator: Actor;

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  operator = await seedPerson(db, OPERATOR);
  const { address } = (await houseKey(db, 'treasury')).signer;
  await testChain.test.setBalance({ address, value: parseEther('5') });
  const mint = { address: await usdcToken(), abi: localUsdcAbi, functionName: 'mint', args: [address, 1_000_000_000n], gas: 200_000n } as const;
  await testChain.wallet(0).writeContract(mint);
  await testChain.mine();
  simulator.act('top-up', { amount: 1_000_000 });
});
afterAll(async () => {
  await simulator.close();
  await db.close();
});

/** A payout of 25 dollars that was asked for, approved and handed to its rail. */
async function sending(rail: Rail): Promise<string> {
  const creator = await newcomer(db);
  if (rail === 'connect') await onboard(creator);
  await earn(db, creator, { millicredits: 2_500_000n });
  const id = newId();
  await requestPayout(db, creator, { id, credits: 2_500, rail }, findDestination);
  await approvePayout(db, operator, { id });
  await sendPayout(db, payoutOutlets(db), id);
  return id;
}

async function onboard(creator: Actor): Promise<void> {
  const api = openConnectApi();
  await startOnboarding(db, creator, api, onboardingReturn('http://localhost:3000'));
  simulator.act('onboard', { id: (await db.prisma.connectAccount.findUniqueOrThrow({ where: { userId: creator.userId } })).accountId });
  await refreshAccountOf(db, api, creator.userId);
}

async function settle(): Promise<void> {
  const sender = createSender({ handlers: [payoutSettlement] });
  for (let turn = 0; turn < 10; turn++) {
    await db.pool.query(`UPDATE chain_transaction SET look_at = now() WHERE state IN ('queued', 'sent', 'mined')`);
    await sender.run(db);
    await testChain.mine();
  }
}

const all = async () => [...(await runOne(db, checkPayouts)), ...(await runOne(db, checkTransfers))];

/** Plants a contradiction, sees what is said, takes it out again, and makes sure that nothing is said then. */
async function planted(plant: string, undo: string, id: string) {
  expect(await asOwner(plant, [id])).toBe(1);
  const findings = await all();
  expect(await asOwner(undo, [id])).toBe(1);
  expect(await all()).toEqual([]);
  return findings;
}

test('payouts on every rail that arrived leave nothing to say, on their way and after', async () => {
  for (const rail of ['eth', 'usdc', 'connect'] as const) await sending(rail);
  expect(await all()).toEqual([]);
  await settle();
  expect(await db.prisma.payout.count({ where: { state: 'sent' } })).toBe(3);
  expect(await all()).toEqual([]);
});

describe.each(['eth', 'usdc'] as const)('a payout in %s', (rail) => {
  const sent = () => db.prisma.payout.findFirstOrThrow({ where: { rail, state: 'sent' } });

  test('that says another amount or receiver than its transaction moved is found', async () => {
    const { id, destination } = await sent();
    const [finding, ...more] = await planted(
      'UPDATE payout SET amount_out = amount_out + 1 WHERE id = $1',
      'UPDATE payout SET amount_out = amount_out - 1 WHERE id = $1',
      id,
    );
    expect(finding).toMatchObject({ kind: 'wrong_transfer', subject: `payout ${id}`, severity: 'difference' });
    expect(finding?.actual).toContain(destination.toLowerCase());
    expect(more).toEqual([]);
  });

  test('whose transaction the chain does not have is found', async () => {
    const { id, txHash } = await sent();
    const gone: Hex = `0x${'ab'.repeat(32)}`;
    const findings = await planted(
      `UPDATE payout SET tx_hash = '${gone}' WHERE id = $1`,
      `UPDATE payout SET tx_hash = '${txHash}' WHERE id = $1`,
      id,
    );
    expect(findings).toMatchObject([{ kind: 'not_on_chain', actual: 'no transaction' }]);
  });

  test('whose credits went back though a transaction of it succeeded is found', async () => {
    const { id } = await sent();
    const findings = await planted(`UPDATE payout SET state = 'failed' WHERE id = $1`, `UPDATE payout SET state = 'sent' WHERE id = $1`, id);
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'paid_and_given_back', subject: `payout ${id}`, severity: 'difference' }));
  });
});

describe('a payout by Connect', () => {
  const sent = () => db.prisma.payout.findFirstOrThrow({ where: { rail: 'connect', state: 'sent' } });

  test('whose credits were given back though it was paid is found, in the books and at the card processor', async () => {
    const { id } = await sent();
    const findings = await planted(`UPDATE payout SET state = 'failed' WHERE id = $1`, `UPDATE payout SET state = 'sent' WHERE id = $1`, id);
    expect(findings.map(({ kind }) => kind)).toEqual(['contradiction', 'paid_too_much']);
  });

  test('that was reversed at the card processor afterwards is found', async () => {
    const { id, externalRef } = await sent();
    const reversal = await fetch(`${simulator.url}/v1/transfers/${externalRef}/reversals`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_simulator', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reversal.status).toBe(200);
    expect(await all()).toMatchObject([{ kind: 'not_paid', subject: `payout ${id}`, expected: '2500', actual: '0' }]);
  });

  test('that nobody asked for is found', async () => {
    const id = await sending('connect');
    await asOwner('DELETE FROM payout_approval WHERE payout_id = $1', [id]);
    await asOwner('DELETE FROM payout WHERE id = $1', [id]);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3600_000);
    expect((await runOne(db, checkTransfers)).map(({ kind, severity }) => [kind, severity])).toContainEqual([
      'transfer_without_payout',
      'difference',
    ]);
    vi.restoreAllMocks();
  });
});
