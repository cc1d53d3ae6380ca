import { type ChildProcess, spawn } from 'node:child_process';
import { type Hex, parseEther } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { startRpcProxy } from '@/lib/chain/sender/testing/rpc-proxy';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { ASSET, balanceOf, openAccount } from '@/lib/credits/accounts';
import { creditCollector } from '@/lib/credits/credit-collector';
import { auditBooks, getBalance } from '@/lib/credits/queries';
import { inTransaction, openDatabase } from '@/lib/db';
import { newId } from '@/lib/ids';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { listPassesOf } from '../queries';
import { signRefund } from '../sign-refund';
import { openPasses, type Passes, person, sendCalls, testTier } from '../testing/pass-fixture';
import { quotePurchase } from './quote-purchase';
import { startPurchase } from './start-purchase';

const BOUGHT = 24;
const RETURNED = 4;
const GIVEN = 1_000_000_000n;
const db = openDatabase(process.env.DATABASE_URL ?? '');
const proxy = await startRpcProxy(testChain.url);
const workers: ChildProcess[] = [];
let passes: Passes;
let ben: Actor;
let relayer: Hex;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  passes = await openPasses(db, 'gated', [testTier('Reader')]);
  ben = await person(db, 2);
  relayer = (await houseKey(db, 'relayer')).signer.address;
  await testChain.test.setBalance({ address: relayer, value: parseEther('10') });
  await inTransaction(db.pool, async (tx) => {
    const debit = await openAccount(tx, 'till_clearing', 'house');
    await creditCollector(tx, { ref: newId(), userId: ben.userId, bucket: 'onchain', debit, amountMillicredits: GIVEN, code: 'deposit' });
    const [source, float] = [await openAccount(tx, 'float_source', 'house', { asset: ASSET.gwei }), await gwei()];
    await tx.query(`SELECT ledger.post($1, 0, $2, $3, 10000000000, 'float_in')`, [newId(), source, float]);
  });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await proxy.stop();
  await db.close();
});

const gwei = () => openAccount(db.pool, 'relayer_float', 'house', { asset: ASSET.gwei });
async function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/passes/testing/purchase-worker.ts'], {
    env: { ...process.env, RPC_URL: proxy.url, SENDER_STUCK_SECONDS: '1', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.stdout?.on('data', (data) => String(data).includes('worker ready') && resolve());
    worker.once('exit', () => reject(new Error('the worker did not start')));
  });
  return worker;
}
const countOf = (...states: ('queued' | 'sent' | 'mined')[]) => db.prisma.chainTransaction.count({ where: { state: { in: states } } });
async function mineUntil(done: () => Promise<boolean>): Promise<void> {
  for (let block = 0; !(await done()); block++) {
    if (block % 7 === 3) await testChain.test.request({ method: 'anvil_reorg', params: [1, []] } as never);
    await testChain.mine();
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

test('two workers, one killed, answers lost, quotes sent twice: each pass is bought and paid once, and each return is credited once', async () => {
  let asked = 0;
  proxy.swallows = () => asked++ % 3 === 0;
  const tokens: string[] = [];
  let [price, refund] = [0n, 0n];
  for (let i = 0; i < BOUGHT; i++) {
    const quote = await quotePurchase(db, ben, { collection: passes.collection, tierId: 1, to: null });
    tokens.push(quote.token);
    price += BigInt(quote.priceMillicredits);
    refund = BigInt(quote.refundMillicredits);
  }
  const [doomed] = await Promise.all([startWorkerProcess(), startWorkerProcess()]);
  await Promise.all([...tokens, ...tokens].map((token) => startPurchase(db, ben, { token })));
  await vi.waitFor(async () => expect(await countOf('sent')).toBeGreaterThan(3), { timeout: 90_000, interval: 30 });
  doomed.kill('SIGKILL');
  await mineUntil(async () => (await countOf('queued', 'sent', 'mined')) === 0);
  await startWorkerProcess();
  await Promise.all(tokens.map((token) => startPurchase(db, ben, { token })));

  await vi.waitFor(async () => expect(await listPassesOf(db, ben.address)).toHaveLength(BOUGHT), { timeout: 30_000, interval: 100 });
  const rows = await db.prisma.chainTransaction.findMany({ where: { purpose: 'relay-pass' }, orderBy: { nonce: 'asc' } });
  expect(rows.map(({ state, nonce }) => [state, Number(nonce)])).toEqual(rows.map((_, i) => ['safe', i]));
  expect(await testChain.client.getTransactionCount({ address: relayer })).toBe(BOUGHT);
  expect(BigInt((await getBalance(db, ben)).byBucket.onchain)).toBe(GIVEN - price);

  for (const { passId } of (await listPassesOf(db, ben.address)).slice(0, RETURNED)) {
    expect(await sendCalls((await signRefund(db, ben, { passId })).calls, 2)).toMatchObject({ status: 'success' });
  }
  await mineUntil(async () => (await db.prisma.passPayback.count({ where: { state: 'credited' } })) === RETURNED);
  // What a reorg did not take back, and what it did and brought again, is there once.
  const standing = BigInt((await getBalance(db, ben)).byBucket.onchain);
  expect(standing).toBe(GIVEN - price + BigInt(RETURNED) * refund);
  const have = (await testChain.client.getBalance({ address: relayer })) / 1_000_000_000n;
  expect(Number(have - (await balanceOf(db.pool, await gwei())).posted)).toBeLessThanOrEqual(BOUGHT);
  expect(await auditBooks(db)).toEqual([]);
}, 240_000);
