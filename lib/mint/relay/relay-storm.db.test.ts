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
    env: { ...process.env, RPC_URL: proxy.url, SENDER_STUCK_SECONDS: '2', LOG_LEVEL: 'silent' },
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
const BEFORE_OTHERS = { maxPriorityFeePerGas: 90_000_000_000n, maxFeePerGas: 200_000_000_000n };

const inState = async (...states: string[]) => (await transactions()).filter((row) => states.includes(row.state));
const transactions = () =>
  db.prisma.chainTransaction.findMany({ where: { purpose: 'relay-mint' }, orderBy: { nonce: 'asc' }, include: { attempts: true } });
const ownerOf = ({ collection, tokenId }: MintCallDto) =>
  testChain.client.readContract({ address: collection, abi: workCollectionAbi, functionName: 'ownerOf', args: [BigInt(tokenId)] });

/** Mines until nothing is open, with a block taken back and a base fee that jumps on the way. */
async function mineThrough(): Promise<void> {
  for (let block = 0; (await inState('queued', 'sent', 'mined')).length > 0; block++) {
    if (block % 9 === 4) await testChain.test.setNextBlockBaseFeePerGas({ baseFeePerGas: 20_000_000_000n });
    await testChain.mine();
    if (block % 7 === 3) await testChain.test.request({ method: 'anvil_reorg', params: [1, []] } as never);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('100 mints with credits by three workers, one killed: each happens once, no nonce is left out, every hold is ended', async () => {
  onTestFailed(() => console.log(`SEED=${seed}`));
  proxy.swallows = () => random() < 0.3;
  for (let i = 0; i < MINTS; i++) {
    const call = await relayOne();
    if (i < REFUSED) await mintFirst(call);
  }
  await testChain.mine();
  const [doomed] = await Promise.all([startWorkerProcess(), startWorkerProcess(), startWorkerProcess()]);
  const killAfter = 3 + Math.floor(random() * 10);
  await vi.waitFor(async () => expect((await inState('sent')).length).toBeGreaterThan(killAfter), { timeout: 30_000, interval: 5 });
  doomed.kill('SIGKILL');
  for (const { ref } of (await inState('sent')).slice(0, REVERTED)) await mintFirst(calls.get(ref) as MintCallDto);
  await mineThrough();

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
  // It was a storm: answers were lost, and some were sent with more gas.
  expect(rows.some(({ attempts }) => attempts.length > 1)).toBe(true);
  expect(rows.some(({ attempts }) => attempts.some(({ broadcasts }) => broadcasts > 1))).toBe(true);

  const relays = await db.prisma.relay.groupBy({ by: ['state'], _count: true });
  expect(Object.fromEntries(relays.map(({ state: of, _count }) => [of, _count]))).toEqual({ captured: count('safe'), released: REFUSED + REVERTED });
  await testChain.mine(4);
  await bookFloat(db);
  expect(await gweiOf(db, 'relayer_float')).toBe((await testChain.client.getBalance({ address: signer.address })) / 1_000_000_000n);
  expect(await auditBooks(db)).toEqual([]);
}, 240_000);
