import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeFileDurably } from './files';

/** The local chain's saved state, with the save before it beside it. */
export type ChainStateFiles = { folder: string; current: string; previous: string };

export function chainStateFiles(dataDir: string): ChainStateFiles {
  const folder = join(dataDir, 'chain');
  mkdirSync(folder, { recursive: true });
  return { folder, current: join(folder, 'state.json'), previous: join(folder, 'state.previous.json') };
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

/** The newest state that can be read; an unreadable one is moved aside and told. Undefined: begin a fresh chain. */
export function findChainState(files: ChainStateFiles, say: (line: string) => void): string | undefined {
  for (const path of [files.current, files.previous]) {
    if (!existsSync(path)) continue;
    if (isWhole(path)) {
      if (path === files.previous) {
        renameSync(path, files.current);
        say('The local chain goes back to its previous save, about a second of activity earlier.');
      }
      return files.current;
    }
    const aside = `${path}.unreadable-${Date.now()}`;
    renameSync(path, aside);
    say(`The local chain's saved state could not be read; it is kept as ${aside}.`);
  }
  return undefined;
}

function isWhole(path: string): boolean {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as { blocks?: unknown[]; accounts?: object; best_block_number?: unknown };
    return Array.isArray(state.blocks) && typeof state.accounts === 'object' && state.best_block_number !== undefined;
  } catch {
    return false;
  }
}
