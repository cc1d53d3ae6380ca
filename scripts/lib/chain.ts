import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ChainKeeper } from './chain-keeper';
import { chainStateFiles, findChainState, noteGenesis } from './chain-state';
import { LauncherError } from './errors';
import { type Child, startChild } from './processes';
import { rpc, rpcAnswers } from './rpc';

export const localChainId = 31_337;

// Anvil's published development keys: worth nothing on any other chain.
export const deployerKey = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';
export const faucetKey = '0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6';

export type LocalChain = { child: Child; url: string; stop(): Promise<void> };

/** The program of the local chain for this platform; the wrapper script of its package would stand between us and its signals. */
export function anvilBinary(): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  try {
    const manifest = createRequire(import.meta.url).resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
    return join(dirname(manifest), 'bin', 'anvil');
  } catch {
    throw new LauncherError(`There is no local chain for ${process.platform}-${process.arch} here. Set RPC_URL to any JSON-RPC address.`);
  }
}

type ChainOptions = { dataDir: string; port: number; say: (line: string) => void; onSpawn?: (child: Child) => void };

/** Starts the local chain where its last save left it, and a keeper that saves it and lets confirmations arrive. */
export async function startChain({ dataDir, port, say, onSpawn }: ChainOptions): Promise<LocalChain> {
  const files = chainStateFiles(dataDir);
  const state = findChainState(files, say);
  const url = `http://127.0.0.1:${port}`;
  const where = ['--host', '127.0.0.1', '--port', String(port), '--chain-id', String(localChainId)];
  const child = await startChild(dataDir, {
    name: 'chain',
    command: anvilBinary(),
    args: [...where, '--quiet', '--cache-path', join(files.folder, 'cache'), ...(state ? ['--load-state', state] : [])],
    env: { PATH: process.env.PATH, HOME: files.folder },
    cwd: files.folder,
    ready: () => rpcAnswers(url),
    stopSignal: 'SIGINT',
    signalGroup: true,
    onSpawn,
  });
  if (!state) noteGenesis(files, (await rpc<{ timestamp: string }>(url, 'eth_getBlockByNumber', ['0x0', false])).timestamp);
  const keeper = new ChainKeeper(url, files, say);
  keeper.start();
  const stop = async () => {
    await keeper.stop();
    await child.stop(5_000);
  };
  return { child, url, stop };
}
