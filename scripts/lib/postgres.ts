import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { forSpawn } from './environment';
import { LauncherError } from './errors';
import { postgresBinaries } from './postgres-binaries';
import { type PostgresUser, postgresUser } from './postgres-user';
import { type Child, type ChildSpec, startChild } from './processes';

export type PostgresOptions = {
  /** Holds `pg/`, `run/` and `logs/`. */
  dataDir: string;
  port: number;
  superuserPassword: string;
  /** For tests: nothing is flushed to disk, so a crash of the machine loses the data. */
  volatile?: boolean;
  /** More settings, as `name=value`. */
  settings?: string[];
  onSpawn?: (child: Child) => void;
};

const run = promisify(execFile);

/** Starts Postgres on 127.0.0.1, making its data folder first when there is none. */
export async function startPostgres(options: PostgresOptions): Promise<Child> {
  const binaries = postgresBinaries();
  mkdirSync(options.dataDir, { recursive: true });
  const user = postgresUser([binaries.folder, options.dataDir]);
  const folder = join(options.dataDir, 'pg');
  if (!existsSync(folder)) await initialise(options, folder, binaries.initdb, user);
  for (let attempt = 1; ; attempt++) {
    try {
      return await startChild(options.dataDir, spec(options, folder, binaries.postgres, user));
    } catch (error) {
      // Backends of a killed server let go of its shared memory within moments.
      const isSharedMemory = error instanceof Error && /shared memory block .* is still in use|lock file "postmaster.pid"/.test(error.message);
      if (!isSharedMemory || attempt === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

function spec(options: PostgresOptions, folder: string, postgres: string, user: PostgresUser): ChildSpec {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'log_min_messages=warning',
    'max_connections=200',
    ...(options.settings ?? []),
  ];
  if (options.volatile) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const args = ['-D', folder, '-p', String(options.port), ...settings.flatMap((setting) => ['-c', setting])];
  const ready = () => answers(superuserUrl(options));
  return {
    name: 'postgres',
    ...user.launch(postgres, args),
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    cwd: '/',
    ready,
    stopSignal: 'SIGINT', // fast shutdown: sessions are cut, everything committed is kept
    signalGroup: false,
    onSpawn: options.onSpawn,
  };
}

/** Beside the final name first: initdb is many files, and a kill in its middle must not leave half a database. */
async function initialise(options: PostgresOptions, folder: string, initdb: string, user: PostgresUser): Promise<void> {
  const fresh = `${folder}.new`;
  const passwordFile = join(options.dataDir, 'pg-password.tmp');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (user.owner) for (const path of [fresh, passwordFile]) chownSync(path, user.owner.uid, user.owner.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const auth = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const { command, args, ...identity } = user.launch(initdb, ['-D', fresh, ...auth, ...locale, ...(options.volatile ? ['--no-sync'] : [])]);
  try {
    await run(command, args, { ...identity, cwd: '/', env: forSpawn({ PATH: process.env.PATH }) });
  } catch (error) {
    throw new LauncherError(`Postgres could not make its data folder ${fresh}: ${error instanceof Error ? error.message : error}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, folder);
}

export const superuserUrl = ({ port, superuserPassword }: { port: number; superuserPassword: string }, database = 'postgres') =>
  `postgresql://postgres:${superuserPassword}@127.0.0.1:${port}/${database}`;

/** Runs with one connection that is closed again. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new LauncherError('Postgres refuses the password in .data/secrets.json: that file belongs to another data folder.');
    }
    return false;
  }
}
