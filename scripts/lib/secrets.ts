import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from './errors';
import { readJson, writeFileDurably } from './files';

/** What the launcher makes up once per data folder. Nothing of it leaves the machine. */
export type Secrets = {
  wrappingKey: string;
  postgresPassword: string;
  ownerPassword: string;
  appPassword: string;
};

/** Reads `.data/secrets.json`, or makes it (readable by its owner only) in a folder that holds no data yet. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const stored = readJson<Secrets>(path);
  if (stored?.wrappingKey && stored.postgresPassword && stored.ownerPassword && stored.appPassword) return stored;
  if (existsSync(path) || existsSync(join(dataDir, 'pg'))) {
    throw new LauncherError(
      `${path} is missing or unreadable, but ${dataDir} holds data that its keys open. Put the file back from a copy, ` +
        `or begin anew by moving ${dataDir} away.`,
    );
  }
  const password = () => randomBytes(24).toString('hex');
  const secrets: Secrets = {
    wrappingKey: randomBytes(32).toString('hex'),
    postgresPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
  };
  writeFileDurably(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}
