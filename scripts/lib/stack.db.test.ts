import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { rootDir } from './paths';
import { withClient } from './postgres';
import { startOf } from './process-identity';
import { createReport } from './report';
import { rpc } from './rpc';
import { type Stack, startStack } from './stack';
import { makeThrowawayDir } from './throwaway';
import { waitFor } from './wait';

const account = '0xa0ee7a142d267c1f36714e4a8f75612f20a79720'; // a development account of the local chain
vi.setConfig({ testTimeout: 180_000 }); // whole stacks start here, on machines that may be busy

let dataDir: string;
let said: string[] = [];
const started: Stack[] = [];

const start = async (): Promise<Stack> => {
  said = [];
  const report = createReport((line) => said.push(line));
  const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: true, seed: false, report });
  started.push(stack);
  return stack;
};
const send = (url: string) => rpc<string>(url, 'eth_sendTransaction', [{ from: account, to: account, value: '0x1' }]);
const height = async (url: string) => Number(await rpc<string>(url, 'eth_blockNumber'));
const blockOf = async (url: string, hash: string) => {
  const receipt = await waitFor(
    async () => (await rpc<{ blockNumber: string } | null>(url, 'eth_getTransactionReceipt', [hash])) ?? undefined,
    5_000,
  );
  return Number(receipt?.blockNumber);
};
/** The hash of block 0, which block 1 must name as its parent. */
const genesis = async (url: string) => {
  const [zero, one] = await Promise.all(
    ['0x0', '0x1'].map((n) => rpc<{ hash: string; parentHash: string }>(url, 'eth_getBlockByNumber', [n, false])),
  );
  expect(one?.parentHash).toBe(zero?.hash);
  return zero?.hash;
};
const confirmed = (url: string, block: number) => waitFor(async () => ((await height(url)) >= block + 4 ? true : undefined), 15_000);
const childPids = () =>
  ['chain', 'postgres'].map((name) => (JSON.parse(readFileSync(join(dataDir, 'run', `${name}.json`), 'utf8')) as { pid: number }).pid);
const areGone = (pids: number[]) => pids.every((pid) => startOf(pid) === undefined);

beforeAll(async () => {
  dataDir = await makeThrowawayDir();
});
afterEach(async () => {
  for (const stack of started.splice(0)) await stack.stop(); // those a failed test left
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('confirms a transaction by itself, then lets the chain rest; a second start finds everything; a stop leaves no process', async () => {
  const first = await start();
  const hash = await send(first.urls.rpc);
  const block = await blockOf(first.urls.rpc, hash);
  expect(await confirmed(first.urls.rpc, block)).toBe(true);
  await withClient(first.env.DATABASE_OWNER_URL ?? '', (client) => client.query('CREATE TABLE kept AS SELECT 7 AS n'));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await height(first.urls.rpc)).toBe(block + 4);
  await expect(start()).rejects.toThrow(`already runs on ${dataDir}`);
  const pids = childPids();
  const chain = await genesis(first.urls.rpc);
  await first.stop();
  expect(areGone(pids)).toBe(true);

  const second = await start();
  expect(await height(second.urls.rpc)).toBe(block + 4);
  expect(await blockOf(second.urls.rpc, hash)).toBe(block);
  expect(await genesis(second.urls.rpc)).toBe(chain);
  const { rows } = await withClient(second.env.DATABASE_OWNER_URL ?? '', (client) => client.query('SELECT n FROM kept'));
  expect(rows).toEqual([{ n: 7 }]);
  await second.stop();
});

test('a launcher killed with -9 is survived by the next start, which ends what it left', async () => {
  const launcher = spawn(process.execPath, ['--import', 'tsx', 'scripts/lib/hold-stack.ts', dataDir], {
    cwd: rootDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: launcher.stdout }), 'line')) as [string];
  const env = JSON.parse(line) as Record<string, string>;
  const hash = await send(env.RPC_URL ?? '');
  const block = await blockOf(env.RPC_URL ?? '', hash);
  expect(await confirmed(env.RPC_URL ?? '', block)).toBe(true);
  const saved = join(dataDir, 'chain', 'state.json');
  await waitFor(() => (saysHeight(saved, block + 4) ? true : undefined), 10_000);
  launcher.kill('SIGKILL');
  await once(launcher, 'exit');
  const pids = childPids();
  expect(areGone(pids)).toBe(false);

  const next = await start();
  expect(areGone(pids)).toBe(true);
  expect(said.join('\n')).toContain('stopped what it left behind: chain, postgres');
  expect(await blockOf(next.urls.rpc, hash)).toBe(block);
  await next.stop();
});

test('a torn chain state goes back one save, two torn ones to a fresh chain, and both are said', async () => {
  const state = join(dataDir, 'chain', 'state.json');
  const before = await start();
  const was = await genesis(before.urls.rpc);
  await blockOf(before.urls.rpc, await send(before.urls.rpc)); // so that the last save has one before it on the same chain
  await before.stop();
  truncateSync(state, 100);
  const back = await start();
  expect(said.join('\n')).toMatch(/could not be read; it is kept as .*\n.*previous save/);
  expect(await genesis(back.urls.rpc)).toBe(was);
  await back.stop();
  truncateSync(state, 100);
  rmSync(join(dataDir, 'chain', 'state.previous.json'));
  const fresh = await start();
  expect(await genesis(fresh.urls.rpc)).not.toBe(was);
  await fresh.stop();
});

test('a program that has got the pid of an old child is not touched', async () => {
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
  const old = { pid: stranger.pid, startedAt: 'long ago', stopSignal: 'SIGKILL', signalGroup: true };
  writeFileSync(join(dataDir, 'run', 'chain.json'), JSON.stringify(old));
  const stack = await start();
  expect(startOf(stranger.pid ?? 0)).toBeDefined();
  stranger.kill('SIGKILL');
  await stack.stop();
});

test('a part that dies is named with its log, and the rest can be stopped', async () => {
  const stack = await start();
  const pids = childPids();
  stack.kill9('chain');
  await expect(stack.lost).rejects.toThrow(/chain stopped \(SIGKILL\)/);
  await stack.stop();
  expect(areGone(pids)).toBe(true);
});

function saysHeight(path: string, wanted: number): boolean {
  const { best_block_number: best } = JSON.parse(readFileSync(path, 'utf8')) as { best_block_number: number | string };
  return Number(best) === wanted;
}
