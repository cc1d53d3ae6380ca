import { parseEther, zeroHash } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { houseKey } from '@/lib/keys/sealed-keys';
import { refundDeposit } from '@/lib/payments/refund-deposit';
import { settlementHandlers } from '@/lib/payments/settle-refund';
import { FIVE_DOLLARS_WEI, tillFixture } from '@/lib/payments/testing/till-fixture';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkDeposits } from './check-deposits';
import { checkKeys } from './check-keys';
import { checkReturned } from './check-returned';

const CONFIRMATIONS = 3;
const OPERATOR = '0x14dc79964da2c08b23698b3d3cc7ca32193d9955';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { signUp, pay, indexer } = tillFixture(db, CONFIRMATIONS);

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  const { address } = (await houseKey(db, 'treasury')).signer;
  await testChain.test.setBalance({ address, value: parseEther('1') });
});
afterAll(() => db.close());

const all = async () => [...(await runOne(db, checkDeposits)), ...(await runOne(db, checkReturned)), ...(await runOne(db, checkKeys))];
const kinds = async () => (await all()).map(({ kind, severity }) => `${kind}: ${severity}`);

async function settle(): Promise<void> {
  const sender = createSender({ handlers: settlementHandlers });
  while ((await db.prisma.chainTransaction.count({ where: { state: { in: ['queued', 'sent', 'mined'] } } })) > 0) {
    await db.pool.query('UPDATE chain_transaction SET look_at = now()');
    await sender.run(db);
    await testChain.mine();
  }
  await indexer().run(db);
}

test('a payment that is given back is told while it is under way, and leaves nothing to say after', async () => {
  await pay(zeroHash, FIVE_DOLLARS_WEI, 4);
  await testChain.mine(1 + CONFIRMATIONS);
  await indexer().run(db);
  expect(await kinds()).toEqual(['unclaimed: note']);
  const { chainId, blockHash, txHash, ordinal } = await db.prisma.deposit.findFirstOrThrow();
  await refundDeposit(db, await signUp(OPERATOR), { chainId, blockHash, txHash, ordinal });
  expect(await kinds()).toEqual(['refunding: in_flight']);
  await settle();
  expect(await kinds()).toEqual([]);
});

test.each([
  ['another state than its transaction', `UPDATE deposit SET state = 'refunding'`, `UPDATE deposit SET state = 'refunded'`, 'contradiction'],
  [
    'no transaction',
    `UPDATE deposit SET refund_ref = gen_random_uuid()`,
    `UPDATE deposit SET refund_ref = (SELECT ref FROM chain_transaction)`,
    'contradiction',
  ],
  [
    'another amount',
    `UPDATE chain_transaction SET value_wei = value_wei + 1`,
    `UPDATE chain_transaction SET value_wei = value_wei - 1`,
    'wrong_refund',
  ],
])('a payment that was given back with %s is found', async (_what, plant, undo, kind) => {
  await asOwner(plant);
  expect((await runOne(db, checkReturned)).map((finding) => finding.kind)).toContain(kind);
  await asOwner(undo);
  expect(await kinds()).toEqual([]);
});
