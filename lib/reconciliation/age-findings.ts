import type { Database } from '@/lib/db';
import type { Finding } from './finding';
import type { CheckName } from './schema';

/** Makes differences of what has been in flight for longer than it may be, by when it was first seen. */
export async function ageFindings({ pool }: Pick<Database, 'pool'>, check: CheckName, findings: Finding[]): Promise<Finding[]> {
  if (findings.every(({ graceMinutes }) => graceMinutes === null)) return findings;
  const { rows } = await pool.query<{ kind: string; subject: string; minutes: number }>(
    `SELECT kind, subject, floor(extract(epoch FROM now() - first_seen_at) / 60)::int AS minutes FROM reconciliation_finding WHERE "check" = $1 AND resolved_at IS NULL`,
    [check],
  );
  const ages = new Map(rows.map(({ kind, subject, minutes }) => [`${kind} ${subject}`, minutes]));
  return findings.map((finding) => aged(finding, ages.get(`${finding.kind} ${finding.subject}`) ?? 0));
}

function aged(finding: Finding, minutes: number): Finding {
  if (finding.severity !== 'in_flight' || finding.graceMinutes === null || minutes < finding.graceMinutes) return finding;
  const explanation = `${finding.explanation} It has stood for ${minutes} minutes, which is too long: see whether a worker is alive.`;
  return { ...finding, severity: 'difference', explanation };
}
