import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, LauncherError } from './errors';
import { readJson } from './files';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';

/** Makes this process the only launcher of a data folder. A lock left by a dead one is taken over. Returns the release. */
export function takeLock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'launcher.lock');
  const mine = JSON.stringify(identityOf(process.pid));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => {
        if (readText(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const holder = readJson<ProcessIdentity>(path);
    if (holder && isAlive(holder)) {
      throw new LauncherError(
        `Intaglio already runs on ${dataDir} (process ${holder.pid}). Stop it first, or give this one its own: DATA_DIR=other npm start`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new LauncherError(`Two launchers are starting on ${dataDir} at the same moment. Start one again.`);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
