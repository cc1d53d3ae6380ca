import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Account,
  type Chain,
  createTestClient,
  createWalletClient,
  defineChain,
  type Hex,
  type HttpTransport,
  http,
  type PublicClient,
  type TestClient,
  type WalletClient,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { anvilBinary } from '@/scripts/lib/chain';
import { freePort } from '@/scripts/lib/ports';
import { rpcAnswers } from '@/scripts/lib/rpc';
import { waitFor } from '@/scripts/lib/wait';
import { openClient } from '../client';

const MNEMONIC = 'test test test test test test test test test test test junk';

export type TestWallet = WalletClient<HttpTransport, Chain, Account>;
export type TestChain = {
  url: string;
  client: PublicClient;
  test: TestClient<'anvil', HttpTransport>;
  /** Funded development account `i`. */
  wallet(i: number): TestWallet;
  mine(blocks?: number): Promise<void>;
  /** Sends without waiting, for chains that mine by hand. */
  send(to: Hex, data: Hex, value?: bigint, from?: number): Promise<Hex>;
  stop(): Promise<void>;
};

/** An anvil of its own on a free port. Blocks are mined by hand unless `automine`. */
export async function startTestChain({ automine = false, chainId = 31_337 } = {}): Promise<TestChain> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'intaglio-chain-'));
  const args = ['--port', String(port), '--chain-id', String(chainId), '--quiet', '--cache-path', folder, ...(automine ? [] : ['--no-mining'])];
  const anvil = spawn(anvilBinary(), args, { stdio: 'ignore', cwd: folder });
  const kill = () => anvil.kill('SIGKILL');
  process.once('exit', kill);
  if (!(await waitFor(async () => (await rpcAnswers(url)) || undefined, 15_000))) throw new Error('the test chain does not answer');

  const chain = defineChain({
    id: chainId,
    name: 'Test chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const test = createTestClient({ mode: 'anvil', transport: http(url) });
  const wallet = (i: number) => createWalletClient({ account: mnemonicToAccount(MNEMONIC, { addressIndex: i }), chain, transport: http(url) });
  return {
    url,
    client: openClient(url),
    test,
    wallet,
    mine: (blocks = 1) => test.mine({ blocks }),
    send: (to, data, value = 0n, from = 0) => wallet(from).sendTransaction({ to, data, value, gas: 1_000_000n }),
    stop: async () => {
      process.off('exit', kill);
      kill();
      if (anvil.exitCode === null && anvil.signalCode === null) await once(anvil, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
