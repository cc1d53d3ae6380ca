import type { Database } from '@/lib/db';
import type { Loop } from '@/lib/jobs/types';
import { loadDeployment } from '@/lib/models/load-deployments';
import { recordFault, recordSuccess } from '@/lib/models/record-outcome';
import { lookAndKeep } from './test-endpoint';

const EVERY_MINUTES = 5;
const AT_ONCE = 8;
const KEPT_DAYS = 8;

/** Deployments of published models that nobody has looked at for a while. Locked, so that of several workers one looks. */
async function due({ pool }: Pick<Database, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT d.id FROM deployment d JOIN model_version v ON v.digest = d.version_digest JOIN model m ON m.id = v.model_id
      WHERE d.provider <> 'embedded' AND v.published_at IS NOT NULL AND m.status IN ('published', 'paused')
        AND d.active_from <= now() AND (d.active_to IS NULL OR d.active_to > now())
        AND NOT EXISTS (SELECT 1 FROM deployment_check c WHERE c.deployment_id = d.id AND c.at > now() - make_interval(mins => $1))
      ORDER BY d.id LIMIT $2`,
    [EVERY_MINUTES, AT_ONCE],
  );
  return rows.map(({ id }) => id);
}

/** Looks at one deployment and writes what it found. A fault counts like one of a run; a good answer opens an endpoint that was left alone. */
export async function lookAt(db: Database, id: string): Promise<void> {
  const deployment = await loadDeployment(db, id);
  if (!deployment) return;
  const found = await lookAndKeep(db, deployment);
  if (found.ok) await recordSuccess(db, id);
  else if (found.fault !== 'busy') await recordFault(db, id, found.what);
}

export const studioLoops: Loop[] = [
  {
    name: 'look at the endpoints of creators',
    everyMs: 20_000,
    run: async (db) => {
      await Promise.all((await due(db)).map((id) => lookAt(db, id)));
      await db.pool.query('DELETE FROM deployment_check WHERE at < now() - make_interval(days => $1)', [KEPT_DAYS]);
    },
  },
];
