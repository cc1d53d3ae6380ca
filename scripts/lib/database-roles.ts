import pg from 'pg';
import { superuserUrl, withClient } from './postgres';

export type DatabaseAddress = { port: number; superuserPassword: string; ownerPassword: string; appPassword: string };

const owner = 'intaglio_owner';
const app = 'intaglio_app';

/** The role that owns the tables and migrates. It may create databases: `prisma migrate dev` needs a shadow. */
export const ownerUrl = ({ port, ownerPassword }: DatabaseAddress, database = 'intaglio') =>
  `postgresql://${owner}:${ownerPassword}@127.0.0.1:${port}/${database}`;

/** The role of the app and the worker: it cannot change tables, and writes the ledger through functions only. */
export const appUrl = ({ port, appPassword }: DatabaseAddress, database = 'intaglio') =>
  `postgresql://${app}:${appPassword}@127.0.0.1:${port}/${database}`;

/** Makes both roles, and the database when one is named. Safe to repeat. */
export async function prepareRoles(address: DatabaseAddress, database?: string): Promise<void> {
  await withClient(superuserUrl(address), async (client) => {
    await ensureRole(client, owner, `LOGIN CREATEDB PASSWORD ${pg.escapeLiteral(address.ownerPassword)}`);
    await ensureRole(client, app, `LOGIN PASSWORD ${pg.escapeLiteral(address.appPassword)}`);
    if (!database) return;
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${owner}`);
  });
}

async function ensureRole(client: pg.Client, name: string, options: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (!rowCount) await client.query(`CREATE ROLE ${name} ${options}`);
}
