import { LauncherError } from './errors';
import { rootDir } from './paths';
import { type ChildSpec, startChild } from './processes';

type TaskOptions = Pick<ChildSpec, 'name' | 'args' | 'env' | 'onLine' | 'onSpawn'> & { dataDir: string };

/** Runs a Node program to its end, in the repository. Throws with its last lines when it fails. */
export async function runTask({ dataDir, ...task }: TaskOptions): Promise<void> {
  const child = await startChild(dataDir, { ...task, command: process.execPath, cwd: rootDir, stopSignal: 'SIGTERM', signalGroup: true });
  const { code, signal, expected } = await child.exited;
  if (code === 0) return;
  if (expected) throw new LauncherError(`${task.name} was stopped.`);
  throw new LauncherError(`${task.name} failed (${signal ?? `exit code ${code}`}). Its last lines:\n${child.lastLines().join('\n')}`);
}
