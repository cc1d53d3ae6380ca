import type { PoolClient } from 'pg';
import { raiseAlert } from '@/lib/alerts/raise-alert';
import { newId } from '@/lib/ids';
import type { Finding } from './finding';
import { type CheckName, checks } from './schema';

type Recorded = { run: string; check: CheckName; findings: Finding[] };

/**
 * Keeps what a check found: what stood before is seen again, what is new gets a row, what is gone is resolved. Operators are alerted once,
 * when something first is a difference: that also happens when what was in flight did not arrive.
 */
export async function recordFindings(tx: PoolClient, { run, check, findings }: Recorded): Promise<void> {
  const alarming: Finding[] = [];
  for (const finding of findings) if (await keep(tx, { run, check }, finding)) alarming.push(finding);
  await tx.query(`UPDATE reconciliation_finding SET resolved_at = now() WHERE "check" = $2 AND resolved_at IS NULL AND last_run_id <> $1`, [
    run,
    check,
  ]);
  const [first] = alarming;
  if (!first) return;
  await raiseAlert(tx, {
    key: `reconciliation/${run}/${check}`,
    kind: 'books_differ',
    text: `${checks[check].title}: ${alarming.length === 1 ? 'a new difference' : `${alarming.length} new differences`}. ${first.subject}: ${first.explanation}`,
    details: { check, count: alarming.length, subject: first.subject, expected: first.expected, actual: first.actual, unit: first.unit },
  });
}

/** Returns whether it is a difference now and was none before. */
async function keep(tx: PoolClient, { run, check }: Omit<Recorded, 'findings'>, finding: Finding): Promise<boolean> {
  const { kind, subject, severity, unit, expected, actual, difference, explanation, href } = finding;
  const before = await tx.query<{ severity: Finding['severity'] }>(
    `SELECT severity FROM reconciliation_finding WHERE "check" = $1 AND kind = $2 AND subject = $3 AND resolved_at IS NULL FOR UPDATE`,
    [check, kind, subject],
  );
  await tx.query(
    `INSERT INTO reconciliation_finding (id, "check", kind, subject, severity, unit, expected, actual, difference, explanation, href, first_run_id, last_run_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
     ON CONFLICT ("check", kind, subject) WHERE resolved_at IS NULL DO UPDATE SET severity = EXCLUDED.severity, unit = EXCLUDED.unit, expected = EXCLUDED.expected,
       actual = EXCLUDED.actual, difference = EXCLUDED.difference, explanation = EXCLUDED.explanation, href = EXCLUDED.href,
       last_run_id = EXCLUDED.last_run_id, last_seen_at = now()`,
    [newId(), check, kind, subject, severity, unit, expected, actual, difference, explanation, href, run],
  );
  return severity === 'difference' && before.rows[0]?.severity !== 'difference';
}
