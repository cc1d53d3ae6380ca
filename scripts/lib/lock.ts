import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './errors';
import { readJson } from './files';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';

export type Lock = { release(): void } | { heldBy: number };

/** Takes the lock file for this process, or tells which process holds it. A lock left by a dead one is taken over. */
export function tryLock(path: string): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify(identityOf(process.pid));
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return { release: () => readText(path) === mine && rmSync(path, { force: true }) };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const holder = readJson<ProcessIdentity>(path);
    if (holder && isAlive(holder)) return { heldBy: holder.pid };
    rmSync(path, { force: true });
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
