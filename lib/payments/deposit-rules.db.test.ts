import { encodeFunctionData, erc20Abi, type Hex, maxUint256, parseSignature, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { localUsdcAbi } from '@/lib/chain/abi/local-usdc';
import { tillAbi } from '@/lib/chain/abi/till';
import { localUsdcCreationCode } from '@/lib/chain/deploy/creation-code.generated';
import { readEthPrice } from '@/lib/chain/eth-price';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { depositHandler } from './chain-handlers';
import { type DepositTerms, readDepositTerms } from './deposit-terms';
import { getDeposit, listDeposits } from './queries';
import { quoteDeposit } from './quote-deposit';
import { CHAIN, FIVE_DOLLARS_WEI, tillFixture } from './testing/till-fixture';

// Each row of the table in README.md, on a chain, with the contracts that are deployed.
const CONFIRMATIONS = 3;
const OWNER = 9;
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { signUp, pay, indexer, available, usdc, till, forget } = tillFixture(db, CONFIRMATIONS);
let clean: Hex;
let actor: Actor;

const index = () => indexer().run(db);
const confirm = async () => {
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
};
const only = () => db.prisma.deposit.findFirstOrThrow();
const mint = (token: Hex, to: number, amount: bigint) =>
  testChain.send(token, encodeFunctionData({ abi: localUsdcAbi, functionName: 'mint', args: [testChain.wallet(to).account.address, amount] }));
const approve = (token: Hex, from: number, amount: bigint) =>
  testChain.send(token, encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [till(), amount] }), 0n, from);
const depositToken = (token: Hex, memo: Hex, amount: bigint, from: number) =>
  testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'depositToken', args: [token, amount, memo] }), 0n, from);

async function payUsdc(memo: Hex, amount: bigint, from = 0): Promise<void> {
  await mint(usdc(), from, amount);
  await approve(usdc(), from, amount);
  await depositToken(usdc(), memo, amount, from);
}

async function signPermit(amount: bigint, from: number) {
  const wallet = testChain.wallet(from);
  const message = { owner: wallet.account.address, spender: till(), value: amount, nonce: 0n, deadline: maxUint256 };
  const signature = await wallet.signTypedData({
    domain: { name: 'USD Coin (local stand-in)', version: '2', chainId: CHAIN, verifyingContract: usdc() },
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Permit',
    message,
  });
  const { r, s, yParity } = parseSignature(signature);
  return { ...message, v: 27 + yParity, r, s };
}

const payWithPermit = (memo: Hex, { value, deadline, v, r, s }: Awaited<ReturnType<typeof signPermit>>, from: number) => {
  const args = [usdc(), value, memo, deadline, v, r, s] as const;
  return testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'depositTokenWithPermit', args }), 0n, from);
};

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`, OWNER);
  clean = await testChain.test.snapshot();
});
beforeEach(async () => {
  await testChain.test.revert({ id: clean });
  clean = await testChain.test.snapshot();
  await forget();
  actor = await signUp();
});
afterAll(async () => {
  expect(await auditBooks(db)).toEqual([]);
  await db.close();
});

describe('USDC', () => {
  test('with a permit is one transaction, seen, safe, final, and then credits', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500, asset: 'usdc' });
    expect(quote).toMatchObject({ asset: 'usdc', token: usdc(), amount: '5000000', rate: { ethUsdCents: null } });
    await mint(usdc(), 2, 5_000_000n);
    await payWithPermit(quote.memo, await signPermit(5_000_000n, 2), 2);
    await testChain.mine();
    const seen: unknown[] = [];
    for (let i = 0; i <= CONFIRMATIONS; i++) {
      await index();
      const deposit = await getDeposit(db, actor, quote.memo);
      seen.push([deposit?.state, deposit?.finality, deposit?.confirmations]);
      await testChain.mine();
    }
    expect(seen).toEqual([
      ['seen', 'seen', 0],
      ['seen', 'seen', 1],
      ['seen', 'safe', 2],
      ['credited', 'final', 3],
    ]);
    expect(await available(actor)).toBe(500_000n);
    expect(await listDeposits(db, actor)).toMatchObject([{ asset: 'usdc', token: usdc(), amount: '5000000', millicredits: '500000' }]);
  });

  test('is credited though somebody sent the permit in first', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500, asset: 'usdc' });
    const permit = await signPermit(5_000_000n, 2);
    await mint(usdc(), 2, 5_000_000n);
    const { owner, spender, value, deadline, v, r, s } = permit;
    await testChain.send(
      usdc(),
      encodeFunctionData({ abi: localUsdcAbi, functionName: 'permit', args: [owner, spender, value, deadline, v, r, s] }),
      0n,
      5,
    );
    await testChain.mine();
    await payWithPermit(quote.memo, permit, 2);
    await confirm();
    expect(await available(actor)).toBe(500_000n);
  });

  test('is at par whatever the amount, rounded down to a millicredit: nothing of it needs a quote kept', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500, asset: 'usdc' });
    await payUsdc(quote.memo, 1_234_567n);
    await confirm();
    expect(await available(actor)).toBe(123_456n);
  });

  test('with the memo of a quote in ETH is the account’s all the same', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await payUsdc(quote.memo, 5_000_000n);
    await confirm();
    expect(await available(actor)).toBe(500_000n);
  });
});

describe('a quote in ETH', () => {
  test('says where its rate comes from, and since when', async () => {
    const price = await readEthPrice(testChain.client, CHAIN);
    expect((await quoteDeposit(db, actor, { credits: 500 })).rate).toEqual({
      ethUsdCents: 250_000,
      source: 'ETH / USD (local stand-in), round 1',
      at: price.at.toISOString(),
    });
  });

  test('that has run out is worth the rate of the day', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await db.prisma.depositQuote.update({ where: { memo: quote.memo }, data: { millicredits: 999_000n } });
    await testChain.test.setNextBlockTimestamp({ timestamp: BigInt(Date.parse(quote.expiresAt)) / 1000n + 2n });
    await pay(quote.memo, BigInt(quote.amount));
    await confirm();
    expect(await available(actor)).toBe(500_000n);
    expect(await only()).toMatchObject({ state: 'credited', ethUsdCents: 250_000 });
  });

  test('used twice in its time is honoured once: the second payment is worth the rate of the day', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await db.prisma.depositQuote.update({ where: { memo: quote.memo }, data: { millicredits: 600_000n } });
    for (const from of [0, 1]) await pay(quote.memo, BigInt(quote.amount), from);
    await confirm();
    expect(await available(actor)).toBe(1_100_000n);
  });
});

describe('a payment that no quote prices', () => {
  test('is settled with nothing when it is dust', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await pay(quote.memo, 1n);
    await confirm();
    expect(await only()).toMatchObject({ state: 'credited', millicredits: 0n, transferRef: null });
    expect(await available(actor)).toBe(0n);
  });

  test('waits while the feed cannot be believed, tells operators once, and is credited when it can', async () => {
    const payer = await signUp(testChain.wallet(3).account.address);
    let price: DepositTerms['price'] = null;
    const handlers = [depositHandler(async (client, chainId) => ({ ...(await readDepositTerms(client, chainId)), price }))];
    const { run } = indexer(true, handlers);
    await pay(zeroHash, FIVE_DOLLARS_WEI, 3);
    for (let i = 0; i < CONFIRMATIONS + 2; i++) {
      await testChain.mine();
      await run(db);
    }
    expect(await only()).toMatchObject({ state: 'seen', millicredits: null });
    expect(await db.prisma.operatorAlert.count({ where: { kind: 'eth_price_unavailable' } })).toBe(1);
    price = { usdCents: 300_000, source: 'test', at: new Date() };
    await testChain.mine();
    await run(db);
    expect(await available(payer)).toBe(600_000n);
    expect(await only()).toMatchObject({ state: 'credited', ethUsdCents: 300_000 });
  });

  test('of a sum that a person should look at is kept, and breaks nothing', async () => {
    await signUp(testChain.wallet(2).account.address);
    await payUsdc(zeroHash, maxUint256, 2);
    await payUsdc((await quoteDeposit(db, actor, { credits: 500 })).memo, 5_000_000n, 0).catch(() => undefined);
    await confirm();
    await confirm();
    expect(await db.prisma.deposit.findMany({ where: { unclaimedBecause: 'too_large' } })).toMatchObject([
      { state: 'unclaimed', millicredits: null },
    ]);
  });
});

describe('another token', () => {
  const args = () => [testChain.wallet(OWNER).account.address] as const;

  async function deployOther(): Promise<Hex> {
    await testChain.test.setAutomine(true);
    const hash = await testChain.wallet(OWNER).sendTransaction({ data: localUsdcCreationCode as Hex });
    const { contractAddress } = await testChain.client.waitForTransactionReceipt({ hash });
    await testChain.test.setAutomine(false);
    return contractAddress ?? args()[0];
  }

  test('that the till does not list is refused by the contract: nothing is taken', async () => {
    const other = await deployOther();
    await mint(other, 2, 100n);
    await approve(other, 2, 100n);
    const hash = await depositToken(other, zeroHash, 100n, 2);
    await confirm();
    expect((await testChain.client.getTransactionReceipt({ hash })).status).toBe('reverted');
    expect(await db.prisma.deposit.count()).toBe(0);
  });

  test('that was listed but is not sold for is kept, never credited, though the payer is known and quoted', async () => {
    const other = await deployOther();
    await testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'listToken', args: [other, true] }), 0n, OWNER);
    const quote = await quoteDeposit(db, actor, { credits: 500, asset: 'usdc' });
    await mint(other, 2, 5_000_000n);
    await approve(other, 2, 5_000_000n);
    await depositToken(other, quote.memo, 5_000_000n, 2);
    await confirm();
    expect(await available(actor)).toBe(0n);
    expect(await listDeposits(db, actor)).toMatchObject([
      { state: 'unclaimed', asset: 'other', token: other.toLowerCase(), unclaimedBecause: 'unknown_token' },
    ]);
  });
});
