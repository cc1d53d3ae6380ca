import type { Pool } from 'pg';
import type { DeploymentDto } from './schema';

type Health = Pick<DeploymentDto, 'lastCheck' | 'uptimePercent' | 'p50Ms'>;
type Row = { id: string; at: Date | null; ms: number | null; fault: string | null; what: string | null; uptime: number | null; p50: number | null };

/** How deployments have done: the last look, the looks of a day, and the median of the runs they delivered in it. */
export async function readHealth({ pool }: { pool: Pool }, ids: string[]): Promise<Map<string, Health>> {
  const { rows } = await pool.query<Row>(
    `SELECT d.id, l.at, l.ms, l.fault, l.what, u.uptime, r.p50 FROM unnest($1::uuid[]) d(id)
       LEFT JOIN LATERAL (SELECT * FROM deployment_check c WHERE c.deployment_id = d.id ORDER BY c.at DESC LIMIT 1) l ON true
       LEFT JOIN LATERAL (SELECT (100.0 * count(*) FILTER (WHERE c.fault IS NULL) / nullif(count(*), 0))::float8 AS uptime
                            FROM deployment_check c WHERE c.deployment_id = d.id AND c.at > now() - interval '1 day') u ON true
       LEFT JOIN LATERAL (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY g.endpoint_ms)::float8 AS p50
                            FROM generation_report g WHERE g.deployment_id = d.id AND g.at > now() - interval '1 day') r ON true`,
    [ids],
  );
  return new Map(
    rows.map(({ id, at, ms, fault, what, uptime, p50 }) => [
      id,
      {
        lastCheck: at ? { at: at.toISOString(), ms: ms ?? 0, fault, what } : null,
        uptimePercent: uptime === null ? null : Math.floor(uptime * 10) / 10,
        p50Ms: p50 === null ? null : Math.round(p50),
      },
    ]),
  );
}
