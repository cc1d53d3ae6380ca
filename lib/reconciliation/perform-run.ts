import type { PoolClient } from 'pg';
import { type Database, inTransaction } from '@/lib/db';
import { allChecks } from './all-checks';
import type { Check, CheckContext, Finding } from './finding';
import { recordFindings } from './record-findings';
import { runCheck } from './run-check';
import type { CheckOutcome } from './schema';
import { readSnapshot } from './snapshot';

/**
 * Performs an open run: makes each check, says on the way which, and records what was found, all of it or nothing. One process at a time:
 * the lock is a transaction's, so a process that dies holds nothing and another may begin anew. Returns whether this call performed it.
 */
export async function performRun(db: Database, id: string, checks: Check[] = allChecks): Promise<boolean> {
  return inTransaction(db.pool, async (lock) => {
    if (!(await take(lock))) return false;
    const begun = await db.pool.query(
      `UPDATE reconciliation_run SET state = 'running', started_at = now(), outcomes = '[]' WHERE id = $1 AND state IN ('waiting', 'running')`,
      [id],
    );
    if (!begun.rowCount) return false;
    await makeChecks(db, id, checks).catch((error: unknown) => fail(db, id, error));
    return true;
  });
}

async function take(lock: PoolClient): Promise<boolean> {
  const { rows } = await lock.query<{ taken: boolean }>(`SELECT pg_try_advisory_xact_lock(hashtextextended('intaglio reconciliation', 0)) AS taken`);
  return rows[0]?.taken === true;
}

async function makeChecks(db: Database, id: string, checks: Check[]): Promise<void> {
  const context: CheckContext = { db, snapshot: (read) => readSnapshot(db.pool, read) };
  const outcomes: CheckOutcome[] = [];
  const found: { outcome: CheckOutcome; findings: Finding[] }[] = [];
  for (const check of checks) {
    await db.pool.query('UPDATE reconciliation_run SET current_check = $2 WHERE id = $1', [id, check.name]);
    const made = await runCheck(check, context);
    found.push(made);
    outcomes.push(made.outcome);
    await db.pool.query('UPDATE reconciliation_run SET outcomes = $2 WHERE id = $1', [id, JSON.stringify(outcomes)]);
  }
  await inTransaction(db.pool, async (tx) => {
    for (const { outcome, findings } of found) {
      // A check that could not be made says nothing about what it found before.
      if (outcome.state !== 'failed' && outcome.state !== 'off') await recordFindings(tx, { run: id, check: outcome.check, findings });
    }
    await tx.query(`UPDATE reconciliation_run SET state = 'done', current_check = NULL, ended_at = now() WHERE id = $1`, [id]);
  });
}

async function fail({ pool }: Database, id: string, error: unknown): Promise<void> {
  await pool.query(`UPDATE reconciliation_run SET state = 'failed', current_check = NULL, error = $2, ended_at = now() WHERE id = $1`, [
    id,
    error instanceof Error ? error.message : String(error),
  ]);
  throw error;
}
