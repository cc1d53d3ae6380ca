import { encodeFunctionData, type Hex, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { tillAbi } from '@/lib/chain/abi/till';
import { deploymentOf } from '@/lib/chain/deployments';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { accountOf } from '@/lib/credits/accounts';
import { captureHold } from '@/lib/credits/capture-hold';
import { holdCredits } from '@/lib/credits/hold-credits';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { chainHandlers } from './chain-handlers';
import { getDeposit, listDeposits } from './queries';
import { quoteDeposit } from './quote-deposit';

const CONFIRMATIONS = 3;
const FIVE_DOLLARS_WEI = 2_000_000_000_000_000n;
const db = openDatabase(process.env.DATABASE_URL ?? '');
let clean: Hex;
let actor: Actor;
let collectors = 0;

const indexer = (embedded = true) => createIndexer({ handlers: chainHandlers, embedded, confirmations: CONFIRMATIONS });
const index = () => indexer().run(db);
const available = async (of = actor) => BigInt((await getBalance(db, of)).availableMillicredits);
const till = () => deploymentOf(31_337).current('till');
const reorg = (depth: number, transactions: [string, number][] = []) =>
  testChain.test.request({ method: 'anvil_reorg' as never, params: [depth, transactions] as never });
const rawOf = (hash: Hex) => testChain.client.request({ method: 'eth_getRawTransactionByHash' as never, params: [hash] as never }) as Promise<string>;

async function signUp(address: Hex): Promise<Actor> {
  const user = await db.prisma.user.create({ data: { id: newId(), address: address.toLowerCase() } });
  return { userId: user.id, address: address.toLowerCase() as Hex, sessionId: newId() };
}

async function pay(memo: Hex, wei: bigint, from = 0, to = till()): Promise<Hex> {
  return testChain.send(to, encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [memo] }), wei, from);
}

async function payQuote(): Promise<{ memo: Hex; hash: Hex }> {
  const quote = await quoteDeposit(db, actor, { credits: 500 });
  const hash = await pay(quote.memo, BigInt(quote.amount));
  await testChain.mine();
  return { memo: quote.memo, hash };
}

/** Spends from the collector's lots, as a run would. */
async function spend(amountMillicredits: bigint): Promise<void> {
  const [id, fee] = [newId(), await accountOf(db, 'platform_fee', 'house')];
  await holdCredits(db.pool, { id, userId: actor.userId, amountMillicredits, ttlSeconds: 60 });
  await captureHold(db.pool, { id, splits: [{ pending: fee, available: fee, amountMillicredits, code: 'run_fee' }] }, 'run');
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`, 8);
  await deployToTestChain(`0x${'11'.repeat(20)}`);
  clean = await testChain.test.snapshot();
});
beforeEach(async () => {
  await testChain.test.revert({ id: clean });
  clean = await testChain.test.snapshot();
  await db.pool.query('DELETE FROM deposit; DELETE FROM chain_block');
  collectors += 1;
  actor = await signUp(`0x${collectors.toString(16).padStart(40, '0')}`);
});
afterAll(async () => {
  expect((await auditBooks(db)).filter((row) => !row.what.startsWith('hold'))).toEqual([]);
  await db.close();
});

describe('a quoted payment', () => {
  test('is seen at once, and is credits at the confirmed depth, once', async () => {
    const { memo } = await payQuote();
    await index();
    expect(await getDeposit(db, actor, memo)).toMatchObject({ state: 'seen', confirmations: 0, confirmationsNeeded: 3, millicredits: '500000' });
    await testChain.mine(CONFIRMATIONS - 1);
    await index();
    expect(await available()).toBe(0n);
    await testChain.mine();
    await index();
    expect(await getDeposit(db, actor, memo)).toMatchObject({ state: 'credited', confirmations: 3 });
    for (let i = 0; i < 3; i++) {
      await testChain.mine();
      await index();
    }
    expect(await available()).toBe(500_000n);
  });

  test('is credited once by two processes that index at the same time', async () => {
    const [first, second] = [indexer(), indexer()];
    for (let i = 0; i < 4; i++) {
      await payQuote();
      await Promise.all([first.run(db), second.run(db)]);
    }
    for (let i = 0; i < CONFIRMATIONS; i++) {
      await testChain.mine();
      await Promise.all([first.run(db), second.run(db)]);
    }
    await first.run(db);
    expect(await available()).toBe(2_000_000n);
  });

  test('is credited once though the indexer dies between the ledger and the commit', async () => {
    await payQuote();
    await testChain.mine(CONFIRMATIONS);
    const dying = chainHandlers.map((handler) => ({
      ...handler,
      settle: async (...args: Parameters<NonNullable<typeof handler.settle>>) => {
        await handler.settle?.(...args);
        throw new Error('killed');
      },
    }));
    await expect(createIndexer({ handlers: dying }).run(db)).rejects.toThrow('killed');
    expect(await available()).toBe(0n);
    await index();
    expect(await available()).toBe(500_000n);
  });

  test('belongs to the account that the memo names, whoever pays', async () => {
    const { memo } = await payQuote();
    const stranger = await signUp(testChain.wallet(0).account.address);
    await testChain.mine(CONFIRMATIONS);
    await index();
    expect([await available(), await available(stranger)]).toEqual([500_000n, 0n]);
    expect(await getDeposit(db, stranger, memo)).toBeNull();
    await db.prisma.user.update({ where: { id: stranger.userId }, data: { address: `gone-${stranger.userId}` } });
  });

  test('of another amount than quoted is worth the rate, rounded down', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await pay(quote.memo, 3n * FIVE_DOLLARS_WEI + 1n);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await available()).toBe(1_500_000n);
  });
});

describe('a payment to a till that is no longer in use', () => {
  test('is credited all the same', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    const [current, former] = deploymentOf(31_337).all('till');
    expect([current, former]).toEqual([quote.till, expect.any(String)]);
    await pay(quote.memo, BigInt(quote.amount), 0, former);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await available()).toBe(500_000n);
  });
});

describe('a payment without a quote', () => {
  test('from an address that we know is that account’s', async () => {
    const payer = await signUp(testChain.wallet(3).account.address);
    await pay(zeroHash, FIVE_DOLLARS_WEI, 3);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await available(payer)).toBe(500_000n);
  });

  test('from nobody we know is kept, and credited once they sign in', async () => {
    await pay(zeroHash, FIVE_DOLLARS_WEI, 4);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await db.prisma.deposit.findMany({ select: { state: true, userId: true } })).toEqual([{ state: 'unclaimed', userId: null }]);
    const payer = await signUp(testChain.wallet(4).account.address);
    for (let i = 0; i < 2; i++) {
      await testChain.mine();
      await index();
    }
    expect(await available(payer)).toBe(500_000n);
    expect(await listDeposits(db, payer)).toMatchObject([{ state: 'credited' }]);
  });

  test('too small for a thousandth of a credit is settled with nothing', async () => {
    const quote = await quoteDeposit(db, actor, { credits: 500 });
    await pay(quote.memo, 1n);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await getDeposit(db, actor, quote.memo)).toMatchObject({ state: 'credited', millicredits: '0' });
    expect(await available()).toBe(0n);
  });
});

describe('a reorg', () => {
  test('before the credit forgets the payment, and credits it once when it comes back in another block', async () => {
    const { memo, hash } = await payQuote();
    await index();
    const raw = await rawOf(hash);
    await reorg(1);
    await index();
    expect(await getDeposit(db, actor, memo)).toBeNull();
    await testChain.client.request({ method: 'eth_sendRawTransaction', params: [raw as Hex] }).catch(() => undefined);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await available()).toBe(500_000n);
    expect(await db.prisma.deposit.count()).toBe(1);
  });

  test('below the confirmed depth halts on a real chain: the credits stand', async () => {
    await payQuote();
    await testChain.mine(CONFIRMATIONS);
    await index();
    await reorg(CONFIRMATIONS + 1);
    await testChain.mine();
    await indexer(false).run(db);
    expect(await available()).toBe(500_000n);
  });

  test('after the credit, on the local chain, takes it back, and credits it anew in another block', async () => {
    const { memo, hash } = await payQuote();
    const raw = await rawOf(hash);
    await testChain.mine(CONFIRMATIONS);
    await index();
    await reorg(CONFIRMATIONS + 1, [[raw, 1]]);
    await index();
    expect(await available()).toBe(0n);
    expect(await getDeposit(db, actor, memo)).toMatchObject({ state: 'seen' });
    await testChain.mine(CONFIRMATIONS);
    await index();
    expect(await available()).toBe(500_000n);
    expect((await listDeposits(db, actor)).map((deposit) => deposit.state).sort()).toEqual(['credited', 'reversed']);
  });

  test('that takes back what was spent writes off the rest, and the next deposit repays it', async () => {
    await payQuote();
    await testChain.mine(CONFIRMATIONS);
    await index();
    await spend(300_000n);
    await reorg(CONFIRMATIONS + 1);
    await index();
    expect(await available()).toBe(0n);
    await payQuote();
    await testChain.mine(CONFIRMATIONS);
    await index();
    expect(await available()).toBe(200_000n);
  });

  test('that comes back to the very same block credits the payment again, once', async () => {
    const { hash } = await payQuote();
    await testChain.mine(CONFIRMATIONS);
    await index();
    const { blockHash } = await testChain.client.getTransactionReceipt({ hash });
    const state = await testChain.client.request({ method: 'anvil_dumpState' as never });
    await reorg(CONFIRMATIONS + 1);
    await index();
    expect(await available()).toBe(0n);
    await testChain.test.revert({ id: clean });
    clean = await testChain.test.snapshot();
    await testChain.test.request({ method: 'anvil_loadState' as never, params: [state] as never });
    expect((await testChain.client.getTransactionReceipt({ hash })).blockHash).toBe(blockHash);
    await index();
    await index();
    expect(await available()).toBe(500_000n);
  });
});
