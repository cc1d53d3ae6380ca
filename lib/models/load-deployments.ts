import type { Pool } from 'pg';
import { type Batcher, createBatcher } from '@/lib/jobs/batcher';
import { type EndpointSecret, openDeploymentSecret, type SealedRow } from './deployment-secret';

/** A deployment, opened for calls: it holds the secret and stays on the server. */
export type OpenDeployment = {
  id: string;
  provider: string;
  reference: string;
  url: string | null;
  options: Record<string, unknown>;
  mustReport: string | null;
  /** Faults of its own in a row. */
  failures: number;
  secret: EndpointSecret;
};

type Row = Omit<OpenDeployment, 'mustReport' | 'secret'> & { version: string; must_report: string | null } & (SealedRow | { kid: null });

const select = `SELECT d.id, d.version_digest AS version, d.provider, d.reference, d.url, d.options, d.must_report, d.failures, s.kid, s.wrapped_key, s.ciphertext
  FROM deployment d LEFT JOIN deployment_secret s ON s.deployment_id = d.id`;

const open = ({ must_report, version, kid, ...row }: Row): OpenDeployment => {
  const { id, provider, reference, url, options, failures } = row;
  const sealed = kid === null ? null : { ...(row as Omit<SealedRow, 'kid'>), kid };
  return { id, provider, reference, url, options, failures, mustReport: must_report, secret: openDeploymentSecret(sealed, { id, version }) };
};

const MAX_BATCH = 64;
export type DeploymentsOf = Batcher<{ version: string; preferred: string }, OpenDeployment[]>;

/**
 * Where a version can run now, the best first: `preferred`, then by priority. Those that are left alone for their faults are not among them.
 * Runs that ask together share one reading; none is answered with what was read before it asked, so that a new secret counts at once.
 */
export function createDeploymentLoader({ pool }: { pool: Pool }): DeploymentsOf {
  return createBatcher(
    async (asked) => {
      const { rows } = await pool.query<Row>({
        name: 'deployments_of_versions',
        text: `${select} WHERE d.version_digest = ANY ($1) AND d.active_from <= now() AND (d.active_to IS NULL OR d.active_to > now())
                 AND (d.open_until IS NULL OR d.open_until <= now())
                ORDER BY d.priority, d.active_from DESC`,
        values: [[...new Set(asked.map(({ version }) => version))]],
      });
      const opened = rows.map((row) => ({ version: row.version, deployment: open(row) }));
      return asked.map(({ version, preferred }) => {
        const all = opened.filter((one) => one.version === version).map(({ deployment }) => deployment);
        return [...all.filter(({ id }) => id === preferred), ...all.filter(({ id }) => id !== preferred)];
      });
    },
    { maxItems: MAX_BATCH },
  );
}

/** One of them by its id, whatever state it is in. Null where there is none. */
export async function loadDeployment({ pool }: { pool: Pool }, id: string): Promise<OpenDeployment | null> {
  const { rows } = await pool.query<Row>(`${select} WHERE d.id = $1`, [id]);
  return rows[0] ? open(rows[0]) : null;
}
