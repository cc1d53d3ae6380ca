import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** pgbench's built-in "simple-update" transaction: the most a client can get out of this server for one small durable change. */
export type SimpleUpdate = { by: string; run(seconds: number): Promise<{ perSecond: number; p99Ms: number }> };

const SCALE = 10;
const ACCOUNTS = SCALE * 100_000;
const CLIENTS = 16;

/** Makes pgbench's tables at scale 10 and says who drives them: pgbench where a Postgres client package has it, else the driver. */
export async function prepareSimpleUpdate(url: string): Promise<SimpleUpdate> {
  await withClient(url, async (client) => {
    await client.query('CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))');
    await client.query('CREATE TABLE pgbench_accounts (aid int NOT NULL, bid int, abalance int, filler char(84)) WITH (fillfactor = 100)');
    // pgbench asks the branches for its scale.
    await client.query('CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88))');
    await client.query(`INSERT INTO pgbench_branches SELECT g, 0 FROM generate_series(1, ${SCALE}) g`);
    await client.query(`INSERT INTO pgbench_accounts SELECT g, (g - 1) / 100000 + 1, 0, '' FROM generate_series(1, ${ACCOUNTS}) g`);
    await client.query('ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)');
    await client.query('VACUUM ANALYZE');
  });
  const program = findPgbench();
  return program ? { by: program, run: (seconds) => byPgbench(program, url, seconds) } : { by: 'the pg driver', run: (s) => byDriver(url, s) };
}

function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const path of ['pgbench', ...versions.map((version) => join(debian, version, 'bin', 'pgbench'))]) {
    try {
      execFileSync(path, ['--version'], { stdio: 'ignore' });
      return path;
    } catch {}
  }
  return null;
}

async function byPgbench(program: string, url: string, seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'intaglio-pgbench-'));
  try {
    const args = ['-n', '-b', 'simple-update', '-M', 'prepared', '-c', `${CLIENTS}`, '-j', '2', '-T', `${seconds}`, '-l', url];
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder });
    const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    if (!perSecond) throw new Error(`pgbench said: ${stdout}`);
    const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
    return { perSecond, p99Ms: percentile99(lines.map((line) => Number(line.split(' ')[2]) / 1000)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function byDriver(url: string, seconds: number) {
  const pool = new pg.Pool({ connectionString: url, max: CLIENTS });
  const until = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = await pool.connect();
      while (performance.now() < until) {
        const started = performance.now();
        await simpleUpdate(client);
        latencies.push(performance.now() - started);
      }
      client.release();
    }),
  );
  await pool.end();
  return { perSecond: latencies.length / seconds, p99Ms: percentile99(latencies) };
}

/** The script of pgbench(1), "simple-update". */
async function simpleUpdate(client: pg.PoolClient): Promise<void> {
  const aid = 1 + Math.floor(Math.random() * ACCOUNTS);
  const delta = Math.floor(Math.random() * 10_001) - 5_000;
  await client.query('BEGIN');
  await client.query({ name: 'update', text: 'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2', values: [delta, aid] });
  await client.query({ name: 'select', text: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1', values: [aid] });
  const insert = 'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)';
  await client.query({ name: 'insert', text: insert, values: [1, 1, aid, delta] });
  await client.query('END');
}

export function percentile99(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

/** What autovacuum would have done by the time anybody measures. */
export const vacuum = (ownerUrl: string) => withClient(ownerUrl, async (client) => void (await client.query('VACUUM ANALYZE')));

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
