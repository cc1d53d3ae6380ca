import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointRunRequest } from '../../lib/protocol/endpoint-contract';
import type { Answer } from './problem';

/** How a run has ended. `terms` tells whether it is asked for again with other content. */
export type EndedRun = { terms: string; answer: Answer };

/**
 * Runs on disk: `<run>.request` from the moment it is accepted until it has ended, then `<run>.answer`. Each is written whole under
 * another name first, so that a crash leaves no half of one.
 */
export function openRunStore(folder: string, keepHours: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const requestOf = (run: string) => join(folder, `${run}.request`);
  const answerOf = (run: string) => join(folder, `${run}.answer`);
  const remove = (path: string) => rmSync(path, { force: true });
  const write = (path: string, value: object) => {
    writeFileSync(`${path}.draft`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${path}.draft`, path);
  };
  return {
    accept: (request: EndpointRunRequest): void => write(requestOf(request.run), request),
    finish(run: string, ended: EndedRun): void {
      write(answerOf(run), ended);
      remove(requestOf(run));
    },
    forget: (run: string): void => remove(requestOf(run)),
    find(run: string): EndedRun | undefined {
      try {
        return JSON.parse(readFileSync(answerOf(run), 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    /** Runs that were under way when the process ended. */
    unfinished: (): EndpointRunRequest[] =>
      readdirSync(folder).flatMap((name) => (name.endsWith('.request') ? [JSON.parse(readFileSync(join(folder, name), 'utf8'))] : [])),
    forgetOld(nowMs = Date.now()): void {
      for (const path of readdirSync(folder).map((name) => join(folder, name))) {
        if (statSync(path).mtimeMs < nowMs - keepHours * 3_600_000) remove(path);
      }
    },
  };
}
export type RunStore = ReturnType<typeof openRunStore>;
