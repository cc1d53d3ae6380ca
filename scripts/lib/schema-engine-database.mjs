/** Database access of scripts/schema-engine.mjs: plain JavaScript, since Prisma starts it without a loader. */
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const charOid = 18; // the catalogs' one-byte "char"
const textOid = 25;

/** Runs one statement on the server's `postgres` database; the statement is made from the quoted name in `url`. Returns that name. */
export async function withMaintenanceClient(url, statement) {
  const target = new URL(url);
  const name = decodeURIComponent(target.pathname.slice(1));
  target.pathname = '/postgres';
  const client = new pg.Client({ connectionString: target.href });
  await client.connect();
  try {
    await client.query(statement(client.escapeIdentifier(name)));
  } finally {
    await client.end();
  }
  return name;
}

const errorCodes = { '3D000': 'P1003', '28P01': 'P1000', 28000: 'P1010', '42P04': 'P1009' };

/** The engine's `cli` subcommands. Returns the exit code; a failure is a log line on stderr, where Prisma looks for it. */
export async function runCliCommand(command, url) {
  try {
    if (command === 'create-database') await withMaintenanceClient(url, (name) => `CREATE DATABASE ${name}`);
    else if (command === 'drop-database') await withMaintenanceClient(url, (name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    else {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.end();
    }
    return 0;
  } catch (error) {
    const fields = { is_panic: false, error_code: errorCodes[error.code] ?? 'P1001', message: error.message || String(error.code) };
    const line = { timestamp: new Date().toISOString(), level: 'ERROR', fields, target: 'schema_engine::logger' };
    process.stderr.write(`${JSON.stringify(line)}\n`);
    return 1;
  }
}

/**
 * adapter-pg 7.10 needs two corrections: it fails on "char" columns, which the engine meets in the catalogs and reads as
 * characters; and it cuts a script at every semicolon, inside comments and function bodies too, where the native engine
 * sends it whole.
 */
export async function connectAdapter(connectionString) {
  const adapter = await new PrismaPg({ connectionString, max: 1 }).connect();
  const { queryRaw } = adapter;
  const performIO = adapter.performIO.bind(adapter);
  adapter.queryRaw = async (query) => {
    let charColumns = [];
    const readAsText = async (raw) => {
      const result = await performIO(raw);
      charColumns = (result.fields ?? []).flatMap((field, i) => (field.dataTypeID === charOid ? [i] : []));
      for (const i of charColumns) result.fields[i].dataTypeID = textOid;
      return result;
    };
    const result = await queryRaw.call(Object.assign(Object.create(adapter), { performIO: readAsText }), query);
    for (const i of charColumns) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

/** The adapter's own version connects to the real database when it is given a URL, and would replay migrations onto it. */
export async function connectToShadowDatabase(url) {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
  const shadowUrl = new URL(url);
  shadowUrl.pathname = `/${name}`;
  await withMaintenanceClient(shadowUrl.href, (quoted) => `CREATE DATABASE ${quoted}`);
  const shadow = await connectAdapter(shadowUrl.href);
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await dispose();
    await withMaintenanceClient(shadowUrl.href, (quoted) => `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`);
  };
  return shadow;
}
