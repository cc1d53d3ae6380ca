import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointRunRequest } from '../../lib/protocol/endpoint-contract';
import type { Answer } from './problem';

/** A run that was accepted keeps its request until it has ended, then its answer. `terms` tells whether it is asked for with other content. */
export type StoredRun = { terms: string; request: EndpointRunRequest } | { terms: string; answer: Answer };

/** Runs on disk, one file each. Written whole under another name first, so that a crash leaves no half of one. */
export function openRunStore(folder: string, keepHours: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (run: string) => join(folder, `${run}.json`);
  const read = (run: string): StoredRun | undefined => {
    try {
      return JSON.parse(readFileSync(fileOf(run), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  const names = () => readdirSync(folder).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
  return {
    read,
    write(run: string, stored: StoredRun): void {
      const draft = `${fileOf(run)}.draft`;
      writeFileSync(draft, JSON.stringify(stored), { mode: 0o600 });
      renameSync(draft, fileOf(run));
    },
    /** Runs that were under way when the process ended. */
    unfinished: (): EndpointRunRequest[] =>
      names().flatMap((run) => {
        const stored = read(run);
        return stored && 'request' in stored ? [stored.request] : [];
      }),
    forgetOld(nowMs = Date.now()): void {
      for (const run of names()) {
        if (statSync(fileOf(run)).mtimeMs < nowMs - keepHours * 3_600_000) rmSync(fileOf(run), { force: true });
      }
    },
  };
}
export type RunStore = ReturnType<typeof openRunStore>;
