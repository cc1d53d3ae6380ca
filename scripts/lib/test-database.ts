import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { appUrl, type DatabaseAddress, ownerUrl, prepareRoles } from './database-roles';
import { migrate, migrationChecksums } from './migrate';
import { rootDir } from './paths';
import { freePort } from './ports';
import { startPostgres, superuserUrl, withClient } from './postgres';
import { makeThrowawayDir } from './throwaway';

// Only reachable on 127.0.0.1 while the tests run, and holds nothing but their data.
const passwords = { superuserPassword: 'test', ownerPassword: 'test', appPassword: 'test' };
const template = 'intaglio_template';
const cacheDir = join(rootDir, 'node_modules', '.cache', 'intaglio', 'postgres');
const portVariable = 'TEST_POSTGRES_PORT';

/** One Postgres for a test run, with a migrated template database. Returns how to stop it. */
export async function startTestPostgres(): Promise<() => Promise<void>> {
  const dataDir = await makeThrowawayDir();
  const address = { ...passwords, port: await freePort() };
  const options = { ...address, dataDir, volatile: true };
  const cached = join(cacheDir, stateKey());
  const isCached = existsSync(cached);
  if (isCached) copyFolder(cached, join(dataDir, 'pg'));
  let server = await startPostgres(options);
  const stop = async () => {
    await server.stop(20_000);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    if (!isCached) {
      await prepareRoles(address, template);
      await migrate(ownerUrl(address, template), () => {});
      await server.stop(20_000);
      keepForNextRun(join(dataDir, 'pg'), cached);
      server = await startPostgres(options);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  process.env[portVariable] = String(address.port);
  return stop;
}

export type TestDatabase = { url: string; ownerUrl: string; drop(): Promise<void> };

/** A fresh migrated database of its own: `url` has the app's rights, `ownerUrl` the owner's. Needs the `db` project's global setup. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const port = Number(process.env[portVariable]);
  if (!port) throw new Error('There is no test Postgres: name the file *.db.test.ts, so that it runs in the project `db`.');
  const address: DatabaseAddress = { ...passwords, port };
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = superuserUrl(address);
  await withClient(admin, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER intaglio_owner`));
  return {
    url: appUrl(address, name),
    ownerUrl: ownerUrl(address, name),
    drop: async () => {
      await withClient(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Changes whenever the template would: another migration, another Postgres or queue library, another user. */
function stateKey(): string {
  const versions = readFileSync(join(rootDir, 'package-lock.json'));
  const code = ['migrate.ts', 'database-roles.ts', 'postgres.ts'].map((file) => readFileSync(join(rootDir, 'scripts/lib', file)));
  const parts = [versions, ...code, JSON.stringify([...migrationChecksums()]), String(process.getuid?.())];
  return parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 24);
}

/** With owners and modes kept, which Postgres insists on. */
const copyFolder = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);

/** Setting up takes seconds, copying the result a moment. Nothing is lost where the cache cannot be written. */
function keepForNextRun(folder: string, cached: string): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    const partial = `${cached}.${process.pid}`;
    copyFolder(folder, partial);
    renameSync(partial, cached);
    for (const old of readdirSync(cacheDir)) {
      const path = join(cacheDir, old);
      if (path !== cached && Date.now() - statSync(path).mtimeMs > 24 * 3600_000) rmSync(path, { recursive: true, force: true });
    }
  } catch {
    return;
  }
}
