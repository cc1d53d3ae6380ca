import { encodeFunctionData, erc20Abi, type Hex, parseAbi, zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/actor';
import { tillAbi } from '@/lib/chain/abi/till';
import { deploymentOf } from '@/lib/chain/deployments';
import { createIndexer } from '@/lib/chain/indexer/create-indexer';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { openDatabase } from '@/lib/db';
import { chainHandlers } from '@/lib/payments/chain-handlers';
import { quoteDeposit } from '@/lib/payments/quote-deposit';
import { seedPerson } from '@/prisma/seed/people';
import { checkLedger } from '../books/check-ledger';
import { asOwner } from '../testing/as-owner';
import { runOne } from '../testing/run-one';
import { checkCredited } from './check-credited';
import { checkDeposits } from './check-deposits';
import { checkTill } from './check-till';

const CONFIRMATIONS = 3;
const FIVE_DOLLARS_WEI = 2_000_000_000_000_000n;
const OWNER = 9;
const PAYER = 1;
const STRANGER = 4;
const db = openDatabase(process.env.DATABASE_URL ?? '');
let anna: Actor;
let clean: Hex;

const index = () => createIndexer({ handlers: chainHandlers, embedded: true, confirmations: CONFIRMATIONS }).run(db);
const till = () => deploymentOf(31_337).current('till');
const usdc = () => deploymentOf(31_337).standIns?.usdc ?? '0x';
const pay = (memo: Hex, wei: bigint, from = PAYER) =>
  testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'deposit', args: [memo] }), wei, from);

async function payUsdc(units: bigint): Promise<void> {
  const mint = parseAbi(['function mint(address to, uint256 amount)']);
  const { address } = testChain.wallet(PAYER).account;
  await testChain.send(usdc(), encodeFunctionData({ abi: mint, functionName: 'mint', args: [address, units] }), 0n, PAYER);
  await testChain.send(usdc(), encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [till(), units] }), 0n, PAYER);
  await testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'depositToken', args: [usdc(), units, zeroHash] }), 0n, PAYER);
}

/** Three payments, credited: one by quote, one without, one in USDC. Returns the hash of the first. */
async function threePayments(): Promise<Hex> {
  const quote = await quoteDeposit(db, anna, { credits: 500 });
  const hash = await pay(quote.memo, BigInt(quote.amount));
  await pay(zeroHash, FIVE_DOLLARS_WEI);
  await payUsdc(7_000_000n);
  await testChain.mine(1 + CONFIRMATIONS);
  await index();
  return hash;
}

beforeAll(async () => {
  await deployToTestChain(`0x${'11'.repeat(20)}`, OWNER);
  clean = await testChain.test.snapshot();
});
beforeEach(async () => {
  await testChain.test.revert({ id: clean });
  clean = await testChain.test.snapshot();
  await index();
  await db.pool.query('DELETE FROM deposit WHERE state = $1', ['reversed']);
  anna = await seedPerson(db, testChain.wallet(PAYER).account.address);
});
afterAll(async () => {
  expect(await runOne(db, checkLedger)).toEqual([]);
  await db.close();
});

const all = async () => [...(await runOne(db, checkDeposits)), ...(await runOne(db, checkCredited)), ...(await runOne(db, checkTill))];
const kinds = async () => (await all()).map(({ kind, severity }) => `${kind}: ${severity}`);

/** Plants a contradiction, sees what is said, takes it out again, and makes sure that nothing is said then. */
async function planted(plant: string, undo: string) {
  expect(await asOwner(plant)).toBeGreaterThan(0);
  const findings = await all();
  expect(await asOwner(undo)).toBeGreaterThan(0);
  expect(await kinds()).toEqual([]);
  return findings;
}

describe('payments that were credited as they should', () => {
  test('in ETH and in USDC, with a quote and without, leave nothing to say', async () => {
    await threePayments();
    expect(await kinds()).toEqual([]);
  });

  test('and taken out of the till by its owner leave nothing to say', async () => {
    await threePayments();
    const owner = testChain.wallet(OWNER).account.address;
    await testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'withdraw', args: [owner, FIVE_DOLLARS_WEI] }), 0n, OWNER);
    await testChain.send(till(), encodeFunctionData({ abi: tillAbi, functionName: 'withdrawToken', args: [usdc(), owner, 1n] }), 0n, OWNER);
    await testChain.mine();
    await index();
    expect(await kinds()).toEqual([]);
  });

  test('and taken back by a reorg leave nothing to say', async () => {
    await threePayments();
    await testChain.test.request({ method: 'anvil_reorg' as never, params: [CONFIRMATIONS + 1, []] as never });
    await index();
    expect(await db.prisma.deposit.count({ where: { state: 'reversed' } })).toBe(3);
    expect(await kinds()).toEqual([]);
  });
});

describe('what time explains', () => {
  test('a payment in a block that is not indexed yet, then one that has too few blocks on top', async () => {
    await pay(zeroHash, FIVE_DOLLARS_WEI);
    await testChain.mine();
    expect(await kinds()).toEqual(['indexer_behind: in_flight']);
    await index();
    expect(await kinds()).toEqual(['confirming: in_flight']);
    await testChain.mine(CONFIRMATIONS);
    await index();
    expect(await kinds()).toEqual([]);
  });

  test('is a difference when the indexer does not come', async () => {
    await pay(zeroHash, FIVE_DOLLARS_WEI);
    const ago = await asOwner(`UPDATE chain_block SET at = now() - interval '11 minutes'`);
    expect(ago).toBeGreaterThan(0);
    await testChain.mine();
    expect(await runOne(db, checkDeposits)).toMatchObject([{ kind: 'indexer_behind', severity: 'difference' }]);
  });

  test('a fork that the indexer has not followed yet', async () => {
    await threePayments();
    await testChain.test.request({ method: 'anvil_reorg' as never, params: [2, []] as never });
    expect(await kinds()).toEqual(['forked: in_flight']);
    await index();
    expect(await kinds()).toEqual(expect.not.arrayContaining([expect.stringContaining('difference')]));
  });

  test('a payment of nobody we know is told, and is no alarm', async () => {
    await pay(zeroHash, FIVE_DOLLARS_WEI, STRANGER);
    await testChain.mine(1 + CONFIRMATIONS);
    await index();
    expect(await kinds()).toEqual(['unclaimed: note']);
  });
});

describe('what nothing explains', () => {
  test('a payment that we have no row for', async () => {
    const hash = await threePayments();
    await asOwner('CREATE TABLE IF NOT EXISTS kept_deposit AS SELECT * FROM deposit WHERE false');
    await asOwner('INSERT INTO kept_deposit SELECT * FROM deposit');
    const findings = await planted(
      `DELETE FROM deposit WHERE tx_hash = '${hash}'`,
      `INSERT INTO deposit SELECT * FROM kept_deposit WHERE tx_hash = '${hash}'`,
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ kind: 'unknown_payment', severity: 'difference', unit: 'wei', expected: `${FIVE_DOLLARS_WEI}`, actual: '0' }),
    );
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'credit_without_deposit', actual: '500000' }));
  });

  test('a row that the chain does not know, credited or not', async () => {
    await threePayments();
    const findings = await planted(
      `INSERT INTO deposit (chain_id, block_hash, tx_hash, ordinal, block_number, payer, memo, amount, state, user_id, millicredits, at)
       SELECT chain_id, block_hash, '0xinvented', 0, block_number, payer, memo, amount, 'credited', user_id, 500, at FROM deposit WHERE eth_usd_cents IS NOT NULL LIMIT 1`,
      `DELETE FROM deposit WHERE tx_hash = '0xinvented'`,
    );
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['not_on_chain', 'wrong_credit', 'wrong_worth']);
  });

  test('a row whose amount, payer or worth was changed', async () => {
    await threePayments();
    const findings = await planted(
      `UPDATE deposit SET amount = amount + 1000, payer = '0xother', millicredits = millicredits + 1 WHERE asset = 'usdc'`,
      `UPDATE deposit SET amount = amount - 1000, payer = '${anna.address}', millicredits = millicredits - 1 WHERE asset = 'usdc'`,
    );
    expect(findings.map(({ kind, unit, difference }) => [kind, unit, difference])).toEqual([
      ['wrong_amount', 'usdc', '1000'],
      ['wrong_payer', null, null],
      ['wrong_worth', 'millicredits', '-99'],
      ['wrong_credit', 'millicredits', '-1'],
    ]);
  });

  test('a payment that has its blocks and is no credits', async () => {
    const hash = await threePayments();
    const findings = await planted(
      `UPDATE deposit SET state = 'seen' WHERE tx_hash = '${hash}'`,
      `UPDATE deposit SET state = 'credited' WHERE tx_hash = '${hash}'`,
    );
    expect(findings.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['not_credited', 'difference'],
      ['credit_without_deposit', 'difference'],
    ]);
  });

  test('money that was forced into the till, and money that is gone from it', async () => {
    await threePayments();
    const balance = await testChain.client.getBalance({ address: till() });
    await testChain.test.setBalance({ address: till(), value: balance + 5n });
    expect(await runOne(db, checkTill)).toMatchObject([{ kind: 'surplus', severity: 'note', difference: '5', unit: 'wei' }]);
    await testChain.test.setBalance({ address: till(), value: balance - 5n });
    expect(await runOne(db, checkTill)).toMatchObject([{ kind: 'shortfall', severity: 'difference', difference: '-5' }]);
    await testChain.test.setBalance({ address: till(), value: balance });
  });
});
