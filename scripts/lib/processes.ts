import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forSpawn, type Variables } from './environment';
import { LauncherError } from './errors';
import { LogTail, rotateLog } from './log-tail';
import { identityOf } from './process-identity';
import { waitFor } from './wait';

/** How one child is started and stopped. `ready` is a line of its log, or a question asked until it is true. */
export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  env: Variables;
  cwd: string;
  uid?: number;
  gid?: number;
  ready?: RegExp | (() => Promise<boolean>);
  readyTimeoutMs?: number;
  stopSignal: NodeJS.Signals;
  /** Postgres wants its signal alone; for others the whole group is told. */
  signalGroup: boolean;
  onLine?: (line: string) => void;
  /** Told at once, so that a child can be stopped before it is ready. */
  onSpawn?: (child: Child) => void;
};

export type Child = {
  name: string;
  pid: number;
  logPath: string;
  /** Settles when the process is gone; `expected` when we stopped it. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null; expected: boolean }>;
  lastLines(): string[];
  stop(timeoutMs: number): Promise<void>;
  kill(): void;
};

export const pidFile = (dataDir: string, name: string) => join(dataDir, 'run', `${name}.json`);

/** Starts a child in a process group of its own (a terminal's Ctrl-C reaches only us, and we stop in order); waits until it is ready. */
export async function startChild(dataDir: string, spec: ChildSpec): Promise<Child> {
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  const logPath = join(dataDir, 'logs', `${spec.name}.log`);
  rotateLog(logPath);
  const log = openSync(logPath, 'a');
  let isReadyByLine = false;
  const tail = new LogTail(logPath, (line) => {
    if (spec.ready instanceof RegExp && spec.ready.test(line)) isReadyByLine = true;
    spec.onLine?.(line);
  });
  const { command, args, env, cwd, uid, gid } = spec;
  const process_ = spawn(command, args, { env: forSpawn(env), cwd, uid, gid, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const child = track(dataDir, spec, process_, tail, logPath);
  spec.onSpawn?.(child);
  const isReady = async () => {
    if (typeof spec.ready === 'function') return spec.ready();
    return spec.ready === undefined || isReadyByLine;
  };
  let gone = false;
  const death = child.exited.then(() => {
    gone = true;
    throw new LauncherError(`${spec.name} stopped before it was ready. Its last lines (${logPath}):\n${child.lastLines().join('\n')}`);
  });
  death.catch(() => {}); // it dies one day, and by then nobody waits here
  const readiness = waitFor(async () => (gone || (await isReady()) ? true : undefined), spec.readyTimeoutMs ?? 60_000);
  if ((await Promise.race([readiness, death])) === undefined) {
    child.kill();
    throw new LauncherError(`${spec.name} is not ready after ${(spec.readyTimeoutMs ?? 60_000) / 1000} s. See ${logPath}.`);
  }
  return child;
}

function track(dataDir: string, spec: ChildSpec, process_: ChildProcess, tail: LogTail, logPath: string): Child {
  let expected = false;
  const { pid } = process_;
  const identity = pid === undefined ? undefined : identityOf(pid);
  const file = pidFile(dataDir, spec.name);
  if (identity) writeFileSync(file, JSON.stringify({ ...identity, stopSignal: spec.stopSignal, signalGroup: spec.signalGroup }));
  const exited = new Promise<Awaited<Child['exited']>>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      if (pid !== undefined) signalTo(-pid, 'SIGKILL'); // what it left in its group
      tail.close();
      rmSync(file, { force: true });
      resolve({ code, signal, expected });
    };
    process_.once('error', (error) => {
      tail.last.push(error.message);
      end(null, null);
    });
    process_.once('exit', end);
  });
  const kill = () => {
    expected = true;
    if (pid !== undefined) signalTo(-pid, 'SIGKILL');
  };
  const stop = async (timeoutMs: number) => {
    expected = true;
    if (pid !== undefined) signalTo(spec.signalGroup ? -pid : pid, spec.stopSignal);
    const timer = setTimeout(kill, timeoutMs);
    await exited;
    clearTimeout(timer);
  };
  return { name: spec.name, pid: pid ?? 0, logPath, exited, lastLines: () => [...tail.last], stop, kill };
}

/** Sends a signal to a process, or with a negative number to a group; false when nobody is there. */
export function signalTo(target: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
