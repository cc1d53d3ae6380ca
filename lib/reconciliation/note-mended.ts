import { ASSET } from '@/lib/credits/accounts';
import type { Database } from '@/lib/db';
import type { Finding } from './finding';
import type { CheckName, Unit } from './schema';

type Mend = { kind: string; subject: string; unit: Unit; sum: string; last: Date };

/**
 * A correction mends the books and leaves the transfers that were wrong as they are, so that a check that reads those finds them for good.
 * What operators have posted corrections for, to the last thousandth, is a note from then on; should it differ by more again, it is a
 * difference again.
 */
export async function noteMended({ pool }: Pick<Database, 'pool'>, check: CheckName, findings: Finding[]): Promise<Finding[]> {
  if (findings.every(({ difference }) => difference === null)) return findings;
  const { rows } = await pool.query<Mend>(
    `SELECT f.kind, f.subject, CASE a.asset WHEN $2 THEN 'gwei' WHEN $3 THEN 'runs' ELSE 'millicredits' END AS unit, sum(c.amount) AS sum, max(c.decided_at) AS last
       FROM reconciliation_finding f JOIN correction c ON c.finding_id = f.id AND c.state = 'posted' JOIN ledger.account a ON a.id = c.debit_id
      WHERE f."check" = $1 AND f.resolved_at IS NULL GROUP BY 1, 2, 3`,
    [check, ASSET.gwei, ASSET.runs],
  );
  return findings.map((finding) => {
    const mend = rows.find(({ kind, subject, unit }) => kind === finding.kind && subject === finding.subject && unit === finding.unit);
    return mend && finding.difference?.replace('-', '') === mend.sum ? mended(finding, mend.last) : finding;
  });
}

function mended(finding: Finding, last: Date): Finding {
  const explanation = `Mended: operators posted corrections of this amount, the last on ${last.toISOString().slice(0, 10)}. What it was: ${finding.explanation}`;
  return { ...finding, severity: 'note', graceMinutes: null, explanation, href: '/admin/corrections' };
}
