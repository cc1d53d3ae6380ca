import { execFileSync } from 'node:child_process';
import { type PostgresOptions, startPostgres } from '../lib/postgres';
import { startOf } from '../lib/process-identity';
import { type Child, signalTo } from '../lib/processes';
import { waitFor } from '../lib/wait';

/** A Postgres that can be killed and started again on the same data folder. */
export type MortalPostgres = {
  /** SIGKILL to the postmaster and to every process it has: no shutdown, no last checkpoint. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it has recovered and answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * After a crash Postgres syncs each of its two thousand files before it recovers. One call for the file system does the same at once,
 * which is the difference between one hour and three for 200 kills.
 */
const settings = process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : [];

export async function startMortalPostgres(given: PostgresOptions): Promise<MortalPostgres> {
  const options = { ...given, settings };
  let server: Child = await startPostgres(options);
  return {
    kill: async () => {
      const children = childrenOf(server.pid);
      server.kill();
      for (const pid of children) signalTo(pid, 'SIGKILL');
      await server.exited;
      // Shared memory is free only when the last of them is gone.
      await waitFor(() => (children.some((pid) => startOf(pid)) ? undefined : true), 10_000, 5);
    },
    restart: async () => {
      server = await startPostgres(options);
    },
    stop: () => server.stop(20_000),
  };
}

/** Backends lead process groups of their own, so killing the postmaster's group would leave them to notice by themselves. */
function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const processes = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return processes.flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}
