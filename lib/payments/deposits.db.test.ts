import { type Hex, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { deploymentOf } from '@/lib/chain/deployments';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks, getBalance, listStatement } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { chainHandlers } from './chain-handlers';
import { getDeposit, listDeposits } from './queries';
import { quoteDeposit } from './quote-deposit';
import { CHAIN, FIVE_DOLLARS_WEI, tillFixture } from './testing/till-fixture';

const CONFIRMATIONS = 3;
const db = openDatabase(process.env.DATABASE_URL ?? '');
const { signUp, pay, payQuote: sendQuoted, indexer, available: availableOf, spend, reorg, forget } = tillFixture(db, CONFIRMATIONS);
let clean: Hex;
let actor: Actor;

const index = () => indexer().run(db);
const available = (of = actor) => availableOf(of);

async function payQuote() {
  const paid = await sendQuoted(actor);
  await testChain.mine();
  return paid;
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`, 8);
  await deployToTestChain(`0x${'11'.repeat(20)}`);
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
        const postings = await handler.settle?.(...args);
        return postings
          ? {
              ...postings,
              post: async () => {
                await postings.post();
                throw new Error('killed');
              },
            }
          : null;
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
    const [current, former] = deploymentOf(CHAIN).all('till');
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

describe('small payments', () => {
  const TWO_CENTS_WEI = FIVE_DOLLARS_WEI / 250n;
  const lotsOf = async ({ userId }: Actor) =>
    (
      await db.pool.query(`SELECT credits_posted - debits_posted AS left FROM ledger.account WHERE kind = 'collector_onchain' AND owner = $1`, [
        userId,
      ])
    ).rows;

  test('share one lot, a line of the statement each, and a reorg takes back only what it undid', async () => {
    const payer = await signUp(testChain.wallet(5).account.address);
    for (let i = 0; i < 3; i++) {
      await pay(zeroHash, TWO_CENTS_WEI, 5);
      await testChain.mine();
    }
    await testChain.mine(CONFIRMATIONS);
    await index();
    expect(await lotsOf(payer)).toEqual([{ left: '6000' }]);
    expect((await listStatement(db, payer)).entries.map(({ code, changeMillicredits }) => [code, changeMillicredits])).toEqual(
      Array(3).fill(['deposit', '2000']),
    );
    await spend(payer, 5_000n);
    await reorg(CONFIRMATIONS + 1);
    await index();
    expect(await getBalance(db, payer)).toMatchObject({ availableMillicredits: '0', owedMillicredits: '1000', frozen: true });
    await pay(zeroHash, TWO_CENTS_WEI, 5);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await getBalance(db, payer)).toMatchObject({ availableMillicredits: '1000', owedMillicredits: '0', frozen: false });
    expect(await lotsOf(payer)).toEqual([{ left: '1000' }]);
    const deposits = await db.prisma.deposit.findMany({ where: { userId: payer.userId }, select: { transferRef: true } });
    const about = (await listStatement(db, payer)).entries.filter(({ code }) => code.startsWith('deposit')).map(({ ref }) => ref);
    expect(about.every((ref) => deposits.some(({ transferRef }) => transferRef === ref))).toBe(true);
  });
});

describe('a reorg', () => {
  test('before the credit forgets the payment, and credits it once when it comes back in another block', async () => {
    const { memo, raw } = await payQuote();
    await index();
    await reorg(1);
    await index();
    expect(await getDeposit(db, actor, memo)).toBeNull();
    await testChain.client.request({ method: 'eth_sendRawTransaction', params: [raw] }).catch(() => undefined);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await available()).toBe(500_000n);
    expect(await db.prisma.deposit.count()).toBe(1);
  });

  test('after the credit, on the local chain, takes it back, and credits it anew in another block', async () => {
    const { memo, raw } = await payQuote();
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

  test('that takes back what was spent leaves a debt, and the next deposit repays it', async () => {
    await payQuote();
    await testChain.mine(CONFIRMATIONS);
    await index();
    await spend(actor, 300_000n);
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
