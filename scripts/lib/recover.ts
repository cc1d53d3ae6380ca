import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './files';
import { isAlive, type ProcessIdentity } from './process-identity';
import { signalTo } from './processes';
import { waitFor } from './wait';

type Left = ProcessIdentity & { name: string; path: string; stopSignal: NodeJS.Signals; signalGroup: boolean };

// Users of the chain and of the database go before them.
const order = ['web', 'worker', 'seed', 'chain', 'postgres'];

/** Ends the children that a killed launcher left behind, in order; returns their names. A pid that another program reuses is not touched. */
export async function recoverChildren(dataDir: string): Promise<string[]> {
  const left = readLeft(join(dataDir, 'run')).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const ended: string[] = [];
  for (const child of left) {
    if (isAlive(child)) {
      ended.push(child.name);
      signalTo(child.signalGroup ? -child.pid : child.pid, child.stopSignal);
      const gone = await waitFor(() => (isAlive(child) ? undefined : true), 10_000);
      if (!gone) signalTo(-child.pid, 'SIGKILL');
      await waitFor(() => (isAlive(child) ? undefined : true), 5_000);
      signalTo(-child.pid, 'SIGKILL'); // the rest of its group: it was ours a moment ago
    }
    rmSync(child.path, { force: true });
  }
  return ended;
}

function readLeft(folder: string): Left[] {
  let files: string[] = [];
  try {
    files = readdirSync(folder).filter((f) => f.endsWith('.json'));
  } catch {
    return [];
  }
  return files.flatMap((file) => {
    const path = join(folder, file);
    const stored = readJson<Omit<Left, 'name' | 'path'>>(path);
    return stored ? [{ ...stored, name: file.replace(/\.json$/, ''), path }] : [];
  });
}
