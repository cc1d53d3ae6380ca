import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson } from './files';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';
import { recoverChildren } from './recover';

const prefix = 'intaglio-throwaway-';
const ownerFile = 'owner.json';

/** A data folder for one run of this process. Also clears those of runs that were killed, with the servers they left. */
export async function makeThrowawayDir(): Promise<string> {
  await clearAbandoned();
  const path = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(path, 0o755); // Postgres enters it as another user when we are root
  writeFileSync(join(path, ownerFile), JSON.stringify(identityOf(process.pid)));
  return path;
}

async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const path = join(tmpdir(), name);
    const owner = readJson<ProcessIdentity>(join(path, ownerFile));
    if (!owner || isAlive(owner)) continue;
    try {
      await recoverChildren(path);
      rmSync(path, { recursive: true, force: true });
    } catch {
      // another user's, or another run clears it at this moment
    }
  }
}
