import { encodeFunctionData, erc20Abi, type Hex, parseEther, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { tillAbi } from '@/lib/chain/abi/till';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { depositHandler } from './chain-handlers';
import { creditLargeDeposit } from './credit-large-deposit';
import { type DepositTerms, readDepositTerms } from './deposit-terms';
import { refundDeposit } from './refund-deposit';
import type { DepositKey } from './schema';
import { FIVE_DOLLARS_WEI, tillFixture } from './testing/till-fixture';

const CONFIRMATIONS = 3;
const OPERATOR = '0x00000000000000000000000000000000000000f1';
vi.stubEnv('OPERATOR_ADDRESSES', OPERATOR);
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { signUp, pay, indexer, available, usdc, till, reorg } = tillFixture(db, CONFIRMATIONS);
/** US$11 million. */
const MUCH = 11_000_000_000_000n;
let operator: Actor;
/** A new payer each time. */
let payer = -1;

const index = () => indexer().run(db);
const address = () => testChain.wallet(payer).account.address;
const only = () => db.prisma.deposit.findFirstOrThrow({ where: { payer: address().toLowerCase() } });
const keyOf = ({ chainId, blockHash, txHash, ordinal }: DepositKey): DepositKey => ({ chainId, blockHash, txHash, ordinal });
const confirm = async () => {
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
};

async function payUsdc(amount: bigint): Promise<void> {
  const call = (to: Hex, data: Hex) => testChain.send(to, data, 0n, payer);
  await testChain.send(usdc(), encodeFunctionData({ abi: localUsdcAbi, functionName: 'mint', args: [address(), amount] }));
  await call(usdc(), encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [till(), amount] }));
  await testChain.mine();
  await call(till(), encodeFunctionData({ abi: tillAbi, functionName: 'depositToken', args: [usdc(), amount, zeroHash] }));
}

async function payMuch(): Promise<DepositKey> {
  await payUsdc(MUCH);
  await confirm();
  return keyOf(await only());
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  operator = await signUp(OPERATOR);
});
beforeEach(() => {
  payer += 1;
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

test('a payment too large to be credited by itself is credited once, at what the rules say, when an operator says so', async () => {
  const anna = await signUp(address());
  const key = await payMuch();
  expect(await only()).toMatchObject({ state: 'unclaimed', unclaimedBecause: 'too_large', millicredits: null });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => creditLargeDeposit(db, operator, key)));
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  await index();
  expect(await available(anna)).toBe(MUCH / 10n);
  expect(await only()).toMatchObject({ state: 'credited', unclaimedBecause: null, millicredits: MUCH / 10n, userId: anna.userId });
});

test('of a credit and a refund at the same moment, one takes it', async () => {
  const anna = await signUp(address());
  const key = await payMuch();
  const tries = await Promise.allSettled([creditLargeDeposit(db, operator, key), refundDeposit(db, operator, key)]);
  expect(tries.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  const isCredited = tries[0].status === 'fulfilled';
  expect(await only()).toMatchObject({ state: isCredited ? 'credited' : 'refunding' });
  expect(await available(anna)).toBe(isCredited ? MUCH / 10n : 0n);
});

test('one of a payer whom nobody knows then waits for them to sign in, as any other', async () => {
  const key = await payMuch();
  expect(await creditLargeDeposit(db, operator, key)).toEqual({ state: 'unclaimed' });
  expect(await only()).toMatchObject({ state: 'unclaimed', unclaimedBecause: 'unknown_payer', millicredits: MUCH / 10n });
  const late = await signUp(address());
  await testChain.mine();
  await index();
  expect(await available(late)).toBe(MUCH / 10n);
});

test('one in ETH is worth what it was when it was seen, whatever ETH costs when it is credited', async () => {
  const anna = await signUp(address());
  const ofPrice = (usdCents: number) => {
    const terms = async (...of: Parameters<typeof readDepositTerms>): Promise<DepositTerms> => ({
      ...(await readDepositTerms(...of)),
      price: { usdCents, source: 'test', at: new Date() },
    });
    return indexer(true, [depositHandler(terms)]);
  };
  await testChain.test.setBalance({ address: address(), value: parseEther('6000') });
  await pay(zeroHash, parseEther('5000'), payer);
  await testChain.mine();
  await ofPrice(300_000).run(db);
  await testChain.mine(CONFIRMATIONS);
  await ofPrice(100_000).run(db);
  await creditLargeDeposit(db, operator, keyOf(await only()));
  expect(await available(anna)).toBe(5_000n * 300_000n * 1_000n);
  expect(await only()).toMatchObject({ state: 'credited', ethUsdCents: 300_000 });
});

test('nothing else is credited by hand: what is not final, small, too much for the ledger, one’s own, or asked for by anybody else', async () => {
  const anna = await signUp(address());
  await payUsdc(MUCH);
  await testChain.mine();
  await index();
  const key = keyOf(await only());
  await expect(creditLargeDeposit(db, operator, key)).rejects.toMatchObject({ code: 'wrong_state' });
  await confirm();
  await expect(creditLargeDeposit(db, anna, key)).rejects.toMatchObject({ code: 'forbidden' });
  await creditLargeDeposit(db, operator, key);
  await expect(creditLargeDeposit(db, operator, key)).rejects.toMatchObject({ code: 'wrong_state' });

  payer += 1;
  await pay(zeroHash, FIVE_DOLLARS_WEI, payer);
  await confirm();
  await expect(creditLargeDeposit(db, operator, keyOf(await only()))).rejects.toMatchObject({ code: 'wrong_state' });

  payer += 1;
  await signUp(address());
  await payUsdc(2n ** 200n);
  await confirm();
  await expect(creditLargeDeposit(db, operator, keyOf(await only()))).rejects.toMatchObject({ code: 'too_large' });
});

test('one of an operator’s own is another operator’s to credit', async () => {
  const anna = await signUp(address());
  const key = await payMuch();
  await db.pool.query(`UPDATE deposit SET payer = $1 WHERE tx_hash = $2`, [operator.address, key.txHash]);
  await expect(creditLargeDeposit(db, operator, key)).rejects.toMatchObject({ code: 'own_account' });
  await db.pool.query(`UPDATE deposit SET payer = $1 WHERE tx_hash = $2`, [anna.address, key.txHash]);
  expect(await creditLargeDeposit(db, operator, key)).toEqual({ state: 'credited' });
});

test('one whose block leaves the chain afterwards is taken back, and is looked at anew when it comes again', async () => {
  const anna = await signUp(address());
  const key = await payMuch();
  const raw = await testChain.client.request<{ Method: string; Parameters: [Hex]; ReturnType: Hex }>({
    method: 'eth_getRawTransactionByHash',
    params: [key.txHash as Hex],
  });
  await creditLargeDeposit(db, operator, key);
  const depth = Number((await testChain.client.getBlockNumber({ cacheTime: 0 })) - (await only()).blockNumber) + 1;
  await reorg(depth, [[raw, 1]]);
  await index();
  expect(await available(anna)).toBe(0n);
  const again = await db.prisma.deposit.findFirstOrThrow({ where: { payer: address().toLowerCase(), state: 'unclaimed' } });
  expect(again).toMatchObject({ unclaimedBecause: 'too_large', userId: anna.userId });
  await testChain.mine(CONFIRMATIONS);
  await index();
  await creditLargeDeposit(db, operator, keyOf(again));
  expect(await available(anna)).toBe(MUCH / 10n);
});
