import type { Pool, PoolClient } from 'pg';

/** Reads of one moment, on a connection that cannot write: two sides of a comparison that were read at different times differ by themselves. */
export async function readSnapshot<T>(pool: Pool, read: (sql: PoolClient) => Promise<T>): Promise<T> {
  const sql = await pool.connect();
  let broken: unknown;
  try {
    await sql.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await read(sql);
  } finally {
    await sql.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure;
    });
    sql.release(broken !== undefined);
  }
}
