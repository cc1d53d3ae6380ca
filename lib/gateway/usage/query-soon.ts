import type pg from 'pg';
import { holdOne } from '@/lib/auth/hold-few';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';

const PATIENCE = '10s';
/** One person's, in one process. */
const AT_ONCE = 4;
const CANCELED = '57014';

/** Counts as long as somebody would wait for it, and a person's few at a time: what there is to count is theirs to make. Throws `too_large`. */
export async function querySoon<T extends pg.QueryResultRow>({ pool }: Database, userId: string, sql: string, values: string[]): Promise<T[]> {
  const done = holdOne('usage', userId, AT_ONCE);
  const client = await pool.connect().catch((error: unknown) => {
    done();
    throw error;
  });
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = '${PATIENCE}'; SET LOCAL work_mem = '32MB'`);
    return (await client.query<T>(sql, values)).rows;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === CANCELED)) throw error;
    throw new AppError('too_large', { message: 'These are more calls than can be counted at once. Choose a shorter time.', cause: error });
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
    done();
  }
}

/** For a page, which says so itself. */
export function nullWhereTooMuch(error: unknown): null {
  if (error instanceof AppError && error.code === 'too_large') return null;
  throw error;
}
