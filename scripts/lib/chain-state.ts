import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readJson, writeFileDurably } from './files';

/** The local chain's saved state, with the save before it beside it. */
export type ChainStateFiles = { folder: string; current: string; previous: string; genesis: string };

type Header = { number: string; timestamp: string };
type State = { blocks: { header: Header }[]; accounts: object; best_block_number: unknown };

export function chainStateFiles(dataDir: string): ChainStateFiles {
  const folder = join(dataDir, 'chain');
  mkdirSync(folder, { recursive: true });
  return { folder, current: join(folder, 'state.json'), previous: join(folder, 'state.previous.json'), genesis: join(folder, 'genesis.json') };
}

/** Saves what `anvil_dumpState` answered (hex of gzipped JSON) as JSON, which `anvil --load-state` takes. Never leaves a torn file. */
export function saveChainState(files: ChainStateFiles, dump: string): void {
  const json = gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString('utf8');
  if (existsSync(files.current)) {
    const link = `${files.previous}.tmp`;
    rmSync(link, { force: true });
    linkSync(files.current, link);
    renameSync(link, files.previous);
  }
  writeFileDurably(files.current, json);
}

/** Notes the first block of a fresh chain, which `findChainState` needs. */
export function noteGenesis(files: ChainStateFiles, timestamp: string): void {
  writeFileDurably(files.genesis, JSON.stringify({ timestamp: Number(timestamp) }));
}

/** The newest state that can be read; an unreadable one is moved aside and told. Undefined: begin a fresh chain. */
export function findChainState(files: ChainStateFiles, say: (line: string) => void): string | undefined {
  for (const path of [files.current, files.previous]) {
    if (!existsSync(path)) continue;
    const state = readState(path);
    if (state) {
      if (path === files.previous) {
        renameSync(path, files.current);
        say('The local chain goes back to its previous save, about a second of activity earlier.');
      }
      keepOneGenesis(files, state);
      return files.current;
    }
    const aside = `${path}.unreadable-${Date.now()}`;
    renameSync(path, aside);
    say(`The local chain's saved state could not be read; it is kept as ${aside}.`);
  }
  return undefined;
}

function readState(path: string): State | undefined {
  const state = readJson<Partial<State>>(path);
  const { blocks, accounts, best_block_number } = state ?? {};
  if (!Array.isArray(blocks) || typeof accounts !== 'object' || best_block_number === undefined) return undefined;
  return { ...state, blocks, accounts, best_block_number };
}

/**
 * Each start of the node makes a first block of its own before it loads the state, and dumps it together with the chain's. From a
 * dump with two, block 0 is either by chance. They differ in nothing but their time.
 */
function keepOneGenesis(files: ChainStateFiles, state: State): void {
  const genesis = readJson<{ timestamp: number }>(files.genesis);
  const blocks = state.blocks.filter(({ header }) => Number(header.number) > 0 || Number(header.timestamp) === genesis?.timestamp);
  if (!genesis || blocks.length === state.blocks.length) return;
  writeFileDurably(files.current, JSON.stringify({ ...state, blocks }));
}
