import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import type { Actor } from '@/lib/actor';
import { workCollectionAbi } from '@/lib/chain/abi/work-collection';
import { startRpcProxy } from '@/lib/chain/sender/testing/rpc-proxy';
import { deployToTestChain } from '@/lib/chain/testing/deploy-to-test-chain';
import { testChain } from '@/lib/chain/testing/env-chain';
import { auditBooks } from '@/lib/credits/queries';
import { openDatabase } from '@/lib/db';
import { houseKey, platformSigner } from '@/lib/keys/sealed-keys';
import { issueVoucher } from '../issue-voucher';
import type { MintCallDto } from '../schema';
import { collector, makeWork, publishOnTestChain, type TestModel } from '../testing/mint-fixture';
import { bookFloat, fundRelayer, giveFinalCredits, gweiOf } from '../testing/relay-fixture';
import { quoteRelay } from './quote-relay';
import { startRelay } from './start-relay';

const MINTS = 100;
const REFUSED = 2;
const REVERTED = 3;
const WALLET = 1;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
/** mulberry32: the same seed, the same storm, as far as three processes allow. */
let state = seed;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const db = openDatabase(process.env.DATABASE_URL ?? '');
const proxy = await startRpcProxy(testChain.url);
const workers: ChildProcess[] = [];
let model: TestModel;
let anna: Actor;

beforeAll(async () => {
  await deployToTestChain((await platformSigner(db)).address);
  model = await publishOnTestChain(db);
  anna = await collector(db, WALLET);
  await giveFinalCredits(db, anna, 1_000_000_000n);
  await fundRelayer(db);
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await proxy.stop();
  await db.close();
});

async function startWorkerProcess(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/mint/testing/relay-worker.ts'], {
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

async function relayOne(): Promise<MintCallDto> {
  const workId = await makeWork(db, anna, model.version);
  const { token } = await quoteRelay(db, anna, { workId });
  const { id } = await startRelay(db, anna, { token, label: 'One of many' });
  calls.set(id, await issueVoucher(db, anna, { workId, label: '' }));
  return calls.get(id) as MintCallDto;
}
const calls = new Map<string, MintCallDto>();

/** The collector mints by wallet what is being minted for them, ahead in the same block. */
const mintFirst = ({ collection: to, data, valueWei }: MintCallDto) =>
  testChain.wallet(WALLET).sendTransaction({ to, data, value: BigInt(valueWei), gas: 1_000_000n, ...BEFORE_OTHERS });
const BEFORE_OTHERS = { maxPriorityFeePerGas: 5_000_000_000n, maxFeePerGas: 50_000_000_000n };

const transactions = () =>
  db.prisma.chainTransaction.findMany({ where: { purpose: 'relay-mint' }, orderBy: { nonce: 'asc' }, include: { attempts: true } });
const countOf = (...states: ('queued' | 'sent' | 'mined')[]) => db.prisma.chainTransaction.count({ where: { state: { in: states } } });
const sentOnes = (more: number) => vi.waitFor(async () => expect(await countOf('sent')).toBeGreaterThan(more), { timeout: 90_000, interval: 30 });
/** Transactions that wait on the chain to be mined: what gets ahead of those makes them revert. A sent one may have been lost on its way. */
async function takePooled() {
  const sent = await db.prisma.chainTransaction.findMany({ where: { state: 'sent' }, include: { attempts: true } });
  const isPooled = (hash: string) =>
    testChain.client.getTransaction({ hash: hash as `0x${string}` }).then(
      ({ blockNumber }) => blockNumber === null,
      () => false,
    );
  const pooled = await Promise.all(sent.map(async (row) => ((await isPooled(row.attempts[0]?.hash ?? '0x')) ? [row] : [])));
  const taken = pooled.flat().slice(0, REVERTED);
  expect(taken).toHaveLength(REVERTED);
  return taken;
}
const ownerOf = ({ collection, tokenId }: MintCallDto) =>
  testChain.client.readContract({ address: collection, abi: workCollectionAbi, functionName: 'ownerOf', args: [BigInt(tokenId)] });

/** Mines block after block until `done`. */
async function mineUntil(done: () => Promise<boolean>, around: (block: number) => Promise<unknown> = async () => {}): Promise<void> {
  for (let block = 0; !(await done()); block++) {
    await around(block);
    await testChain.mine();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const dearGas = () => testChain.test.setNextBlockBaseFeePerGas({ baseFeePerGas: 20_000_000_000n });
const sometimesReorg = async (block: number) => block % 7 === 3 && testChain.test.request({ method: 'anvil_reorg', params: [1, []] } as never);
const someAreSentAgain = async () => (await db.prisma.chainAttempt.count({ where: { broadcasts: { gt: 1 } } })) > 0;
const someAreReplaced = async () => (await db.prisma.chainAttempt.count({ where: { number: 2 } })) > 0;

test('100 mints with credits by three workers, one killed: each happens once, no nonce is left out, every hold is ended', async () => {
  onTestFailed(() => console.log(`SEED=${seed}`));
  proxy.swallows = () => random() < 0.3;
  for (let i = 0; i < MINTS; i++) {
    const call = await relayOne();
    if (i < REFUSED) await mintFirst(call);
  }
  await testChain.mine();
  const [doomed] = await Promise.all([startWorkerProcess(), startWorkerProcess(), startWorkerProcess()]);
  await sentOnes(3 + Math.floor(random() * 10));
  doomed.kill('SIGKILL');
  const underWay = await vi.waitFor(takePooled, { timeout: 90_000, interval: 30 });
  for (const { ref } of underWay) await mintFirst(calls.get(ref) as MintCallDto);
  await testChain.mine();
  await sentOnes(3);
  await vi.waitFor(async () => expect(await someAreSentAgain()).toBe(true), { timeout: 90_000, interval: 100 });
  await mineUntil(someAreReplaced, dearGas);
  await mineUntil(async () => (await countOf('queued', 'sent', 'mined')) === 0, sometimesReorg);

  const rows = await transactions();
  const count = (of: string) => rows.filter((row) => row.state === of).length;
  expect([count('safe'), count('reverted') + count('refused')]).toEqual([MINTS - REFUSED - REVERTED, REFUSED + REVERTED]);
  expect(count('reverted')).toBeGreaterThan(0);
  // Nonces: each once, none left out, and the chain has as many.
  const { signer, id: keyId } = await houseKey(db, 'relayer');
  const used = await db.prisma.chainTransaction.findMany({ where: { keyId, nonce: { not: null } }, orderBy: { nonce: 'asc' } });
  expect(used.map(({ nonce }) => Number(nonce))).toEqual(used.map((_, i) => i));
  expect(await testChain.client.getTransactionCount({ address: signer.address })).toBe(used.length);
  // Effects: each work is one token of hers, whoever sent it.
  for (const call of calls.values()) expect((await ownerOf(call)).toLowerCase()).toBe(anna.address);
  const minted = await testChain.client.getContractEvents({
    address: model.collection,
    abi: workCollectionAbi,
    eventName: 'Transfer',
    fromBlock: 0n,
  });
  expect(minted).toHaveLength(MINTS);

  const relays = await db.prisma.relay.groupBy({ by: ['state'], _count: true });
  expect(Object.fromEntries(relays.map(({ state: of, _count }) => [of, _count]))).toEqual({ captured: count('safe'), released: REFUSED + REVERTED });
  await testChain.mine(4);
  await bookFloat(db);
  expect(await gweiOf(db, 'relayer_float')).toBe((await testChain.client.getBalance({ address: signer.address })) / 1_000_000_000n);
  expect(await auditBooks(db)).toEqual([]);
}, 480_000);
