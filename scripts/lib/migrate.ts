import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { LauncherError } from './errors';
import { rootDir } from './paths';
import { withClient } from './postgres';

const migrationsDir = join(rootDir, 'prisma', 'migrations');
const silent = new Logger(() => () => {});

/** Brings a database up to date as its owner: the job queue's tables, ours through Prisma, and the app role's rights. Safe to repeat. */
export async function migrate(ownerUrl: string, print: (line: string) => void): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent });
  const applied = await withClient(ownerUrl, appliedMigrations);
  const wanted = migrationChecksums();
  const foreign = [...applied].filter(([name, checksum]) => wanted.get(name) !== checksum).map(([name]) => name);
  if (foreign.length > 0) {
    // Nothing is released yet, so migrations are still edited; an edited one cannot be applied again.
    throw new LauncherError(
      `This database was made by an earlier state of the code (${foreign.join(', ')}). Move its data folder away (.data) and start again.`,
    );
  }
  if (applied.size < wanted.size) await prismaMigrateDeploy(ownerUrl, print);
  await withClient(ownerUrl, grantQueue);
}

/** The migrations in the repository: name and sha-256 of the file, as Prisma records them. */
export function migrationChecksums(): Map<string, string> {
  if (!existsSync(migrationsDir)) return new Map();
  const names = readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    names.map(({ name }) => {
      const sql = readFileSync(join(migrationsDir, name, 'migration.sql'));
      return [name, createHash('sha256').update(sql).digest('hex')];
    }),
  );
}

/** Name and checksum of what was applied. Asks Prisma's own table: starting Prisma only to hear "nothing to do" takes two seconds. */
async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await client.query(`SELECT to_regclass('public._prisma_migrations') AS name`);
  if (!tables[0]?.name) return new Map();
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function prismaMigrateDeploy(ownerUrl: string, print: (line: string) => void): Promise<void> {
  const env = { ...process.env, DATABASE_OWNER_URL: ownerUrl, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  const child = spawn(process.execPath, [join(rootDir, 'node_modules/prisma/build/index.js'), 'migrate', 'deploy'], { cwd: rootDir, env });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('Applying migration')) print(line);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new LauncherError(`The database could not be migrated:\n${lines.join('\n')}`))));
  });
}

/**
 * The queue belongs to the owner and its tables have row level security without a policy, so that another role sees an empty
 * queue. The app's role works on it, in full.
 */
async function grantQueue(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'intaglio_app'`);
  if (!rowCount) return; // an operator's database with one role: the app is the owner
  await client.query(`
    GRANT USAGE ON SCHEMA graphile_worker TO intaglio_app;
    GRANT ALL ON ALL TABLES IN SCHEMA graphile_worker TO intaglio_app;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA graphile_worker TO intaglio_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO intaglio_app;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO intaglio_app;`);
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
     AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'intaglio_app')`,
  );
  for (const { name } of rows) {
    const table = `graphile_worker.${pg.escapeIdentifier(name)}`;
    await client.query(`CREATE POLICY intaglio_app ON ${table} TO intaglio_app USING (true) WITH CHECK (true)`);
  }
}
