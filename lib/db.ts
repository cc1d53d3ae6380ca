import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '@/prisma/client/client';
import { env } from './env';

/** What a use-case is given: Prisma for everyday queries, and the pool beneath it for the hot SQL functions. */
export type Database = { prisma: PrismaClient; pool: pg.Pool };

/** Opens a database; `close` ends its connections. The app has one (`database()`); tests open their own. */
export function openDatabase(url: string, maxConnections = 10): Database & { close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
    },
  };
}

const held = globalThis as { intaglioDatabase?: Database };

/** The app's database, opened at first use and kept through hot reloads. */
export function database(): Database {
  held.intaglioDatabase ??= openDatabase(env.DATABASE_URL);
  return held.intaglioDatabase;
}

/** Runs `work` in a transaction on a connection of its own; whatever it throws undoes all of it. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  let broken: unknown;
  try {
    await tx.query('BEGIN');
    const result = await work(tx);
    await tx.query('COMMIT');
    return result;
  } catch (error) {
    await tx.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure;
    });
    throw error;
  } finally {
    tx.release(broken !== undefined);
  }
}
