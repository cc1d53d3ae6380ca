import type { Pool } from 'pg';

/** Whether an operator took the work off our servers. */
export async function isTakenDown(pool: Pool, workId: string): Promise<boolean> {
  return (await pool.query('SELECT 1 FROM takedown WHERE work_id = $1 AND lifted_at IS NULL', [workId])).rows.length > 0;
}
