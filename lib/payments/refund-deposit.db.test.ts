import { encodeFunctionData, erc20Abi, type Hex, parseEther, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { tillAbi } from '@/lib/chain/abi/till';
import { createSender } from '@/lib/chain/sender/create-sender';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { houseKey } from '@/lib/keys/sealed-keys';
import { listUnclaimed } from './queries';
import { refundDeposit } from './refund-deposit';
import type { DepositKey } from './schema';
import { settlementHandlers } from './settle-refund';
import { FIVE_DOLLARS_WEI, tillFixture } from './testing/till-fixture';

const CONFIRMATIONS = 3;
const OPERATOR = '0x14dc79964da2c08b23698b3d3cc7ca32193d9955';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { signUp, pay, indexer, available, usdc, till, reorg } = tillFixture(db, CONFIRMATIONS);
let operator: Actor;
let treasury: Hex;
/** A new payer each time: nobody with an account. */
let payer = 0;

const index = () => indexer().run(db);
const only = () => db.prisma.deposit.findFirstOrThrow({ where: { payer: address().toLowerCase() } });
const alertsOf = (kind: string) => db.prisma.operatorAlert.count({ where: { kind } });
const keyOf = ({ chainId, blockHash, txHash, ordinal }: DepositKey): DepositKey => ({ chainId, blockHash, txHash, ordinal });
const address = () => testChain.wallet(payer).account.address;
const balance = () => testChain.client.getBalance({ address: address() });

const mintUsdc = (to: Hex, amount: bigint) =>
  testChain.send(usdc(), encodeFunctionData({ abi: localUsdcAbi, functionName: 'mint', args: [to, amount] }));

async function payUsdc(amount: bigint): Promise<DepositKey> {
  await mintUsdc(address(), amount);
  await testChain.send(usdc(), encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [till(), amount] }), 0n, payer);
  await testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'depositToken', args: [usdc(), amount, zeroHash] }), 0n, payer);
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
  return keyOf(await only());
}

async function payUnclaimed(wei = FIVE_DOLLARS_WEI): Promise<DepositKey> {
  await pay(zeroHash, wei, payer);
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
  return keyOf(await only());
}

/** The sender's loop, with blocks in between, until nothing is open. */
async function settle(): Promise<void> {
  const sender = createSender({ handlers: settlementHandlers });
  while ((await db.prisma.chainTransaction.count({ where: { state: { in: ['queued', 'sent', 'mined'] } } })) > 0) {
    await db.pool.query('UPDATE chain_transaction SET look_at = now()');
    await sender.run(db);
    await testChain.mine();
  }
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  operator = await signUp(OPERATOR);
  treasury = (await houseKey(db, 'treasury')).signer.address;
});
beforeEach(async () => {
  payer += 1;
  await testChain.test.setBalance({ address: treasury, value: parseEther('1') });
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

test('an unclaimed payment in ETH goes back to the address that paid, whole, once, whoever of the operators asks how often', async () => {
  const key = await payUnclaimed();
  const before = await balance();
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => refundDeposit(db, operator, key)));
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  const { deposits: listed } = await listUnclaimed(db, operator);
  expect(listed).toContainEqual(expect.objectContaining({ state: 'refunding', payer: address().toLowerCase(), key }));
  await settle();
  expect((await balance()) - before).toBe(FIVE_DOLLARS_WEI);
  expect(await only()).toMatchObject({ state: 'refunded' });
  await expect(refundDeposit(db, operator, key)).rejects.toMatchObject({ code: 'wrong_state' });
  expect(await db.prisma.chainTransaction.count({ where: { purpose: 'deposit_refund', to: address().toLowerCase() } })).toBe(1);
});

test('one in a token goes back in that token; while the treasury has too little of it, it is unclaimed again and operators are told', async () => {
  const key = await payUsdc(7_000_000n);
  await refundDeposit(db, operator, key);
  await settle();
  expect(await only()).toMatchObject({ state: 'unclaimed', refundRef: null });
  expect(await alertsOf('deposit_refund_failed')).toBe(1);
  await mintUsdc(treasury, 7_000_000n);
  await testChain.mine();
  await refundDeposit(db, operator, key);
  await settle();
  expect(await testChain.client.readContract({ address: usdc(), abi: erc20Abi, functionName: 'balanceOf', args: [address()] })).toBe(7_000_000n);
  expect(await only()).toMatchObject({ state: 'refunded', asset: 'usdc' });
});

test('nothing is given back before it is final, or by anybody else', async () => {
  await pay(zeroHash, FIVE_DOLLARS_WEI, payer);
  await testChain.mine(CONFIRMATIONS);
  await index();
  const key = keyOf(await only());
  await expect(refundDeposit(db, operator, key)).rejects.toMatchObject({ code: 'wrong_state' });
  await expect(refundDeposit(db, await signUp(), key)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a payer who signs in while it is given back is not credited, too', async () => {
  const key = await payUnclaimed();
  await refundDeposit(db, operator, key);
  const late = await signUp(address());
  await testChain.mine();
  await index();
  await settle();
  await index();
  expect(await available(late)).toBe(0n);
  expect(await only()).toMatchObject({ state: 'refunded' });
});

test('of a payer’s sign-in and an operator’s refund at the same moment, one takes it', async () => {
  const key = await payUnclaimed();
  const late = await signUp(address());
  await testChain.mine();
  const [refund] = await Promise.allSettled([refundDeposit(db, operator, key), index()]);
  await index();
  await settle();
  const isRefunded = refund.status === 'fulfilled';
  expect(await only()).toMatchObject({ state: isRefunded ? 'refunded' : 'credited' });
  expect(await available(late)).toBe(isRefunded ? 0n : 500_000n);
});

test('a payment that was given back and comes again in another block is the same payment: it is not given back or credited twice', async () => {
  const hash = await pay(zeroHash, FIVE_DOLLARS_WEI, payer);
  const raw = await testChain.client.request<{ Method: string; Parameters: [Hex]; ReturnType: Hex }>({
    method: 'eth_getRawTransactionByHash',
    params: [hash],
  });
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
  await refundDeposit(db, operator, keyOf(await only()));
  await settle();
  const depth = Number((await testChain.client.getBlockNumber({ cacheTime: 0 })) - (await only()).blockNumber) + 1;
  await reorg(depth, [[raw, 1]]);
  await index();
  const block = await testChain.client.getBlock({ blockNumber: (await only()).blockNumber });
  const rows = await db.prisma.deposit.findMany({ where: { payer: address().toLowerCase() } });
  expect(rows).toMatchObject([{ state: 'refunded', blockHash: block.hash }]);
  expect(await alertsOf('refunded_deposit_gone')).toBe(1);
});

test('what waits is listed by its worth, a page at a time: dust hides nothing, and what is worth nothing is not there', async () => {
  payer += 1; // the wallet before is the operator's own
  const large = await payUnclaimed(3n * FIVE_DOLLARS_WEI);
  const dust = Array.from({ length: 60 }, (_, ordinal) => ({
    ...{ ...large, txHash: `0x${'d0'.repeat(32)}`, ordinal, blockNumber: 1n, payer: `0x${'d0'.repeat(20)}`, memo: zeroHash, amount: 1 },
    ...{ state: 'unclaimed' as const, unclaimedBecause: 'unknown_payer', millicredits: ordinal < 5 ? 0n : 1n, at: new Date() },
  }));
  await db.prisma.deposit.createMany({ data: dust });
  const first = await listUnclaimed(db, operator);
  const isDust = ({ payer: by }: { payer: string }) => by === dust[0]?.payer;
  const at = first.deposits.findIndex(({ key }) => key.txHash === large.txHash);
  expect([at >= 0, at < first.deposits.findIndex(isDust)]).toEqual([true, true]);
  expect(first).toMatchObject({ deposits: { length: 50 }, nextCursor: '1' });
  const second = await listUnclaimed(db, operator, { cursor: '1' });
  const seen = [...first.deposits, ...second.deposits].filter(isDust);
  expect([seen.length, seen.every(({ amount }) => amount === '1'), second.nextCursor]).toEqual([55, true, null]);
  await db.prisma.deposit.deleteMany({ where: { txHash: dust[0]?.txHash } });
});
