import type { Pool } from 'pg';
import { log } from '@/lib/log';
import { raiseNotice } from './raise-notice';

/** After so many faults in a row an endpoint is left alone for a while, longer each time. */
export const FAULTS_TO_OPEN = 3;
/** After so many it is taken for broken: its model takes no more runs until its creator looks. */
export const FAULTS_TO_PAUSE = 10;

/** The endpoint answered as it should: its count starts again. */
export async function recordSuccess({ pool }: { pool: Pool }, deploymentId: string): Promise<void> {
  await pool.query('UPDATE deployment SET failures = 0, open_until = NULL WHERE id = $1 AND failures > 0', [deploymentId]);
}

/**
 * A fault of the endpoint itself. From the third in a row on it is left alone: 30 s, doubled with each, 10 minutes at most. At the tenth, its
 * model is paused unless another deployment of the version still works. The creator is told at both.
 */
export async function recordFault({ pool }: { pool: Pool }, deploymentId: string, what: string): Promise<void> {
  const { rows } = await pool.query<{ failures: number; version_digest: string; day: string }>(
    `UPDATE deployment SET failures = failures + 1,
       open_until = CASE WHEN failures + 1 >= $2 THEN now() + least(interval '10 minutes', interval '30 seconds' * power(2, least(failures + 1 - $2, 10))) END
      WHERE id = $1 RETURNING failures, version_digest, (now() AT TIME ZONE 'UTC')::date::text AS day`,
    [deploymentId, FAULTS_TO_OPEN],
  );
  const [found] = rows;
  if (!found) return;
  const { failures, version_digest: versionDigest, day } = found;
  log.warn({ deployment: deploymentId, failures, what }, 'an endpoint failed');
  if (failures === FAULTS_TO_OPEN) {
    const text = `An endpoint failed ${FAULTS_TO_OPEN} times in a row and is left alone for a while. Last: ${what}.`;
    await raiseNotice(pool, { key: `failing ${deploymentId} ${day}`, versionDigest, kind: 'endpoint_failing', text });
  }
  if (failures >= FAULTS_TO_PAUSE) await pauseModel(pool, { deploymentId, versionDigest, day, what });
}

type Broken = { deploymentId: string; versionDigest: string; day: string; what: string };

async function pauseModel(pool: Pool, { deploymentId, versionDigest, day, what }: Broken): Promise<void> {
  const because = `Its endpoint failed ${FAULTS_TO_PAUSE} times in a row.`;
  const { rowCount } = await pool.query(
    `UPDATE model m SET status = 'paused', paused_because = $3 FROM model_version v
      WHERE v.digest = $1 AND m.id = v.model_id AND m.status = 'published'
        AND NOT EXISTS (SELECT 1 FROM deployment d WHERE d.version_digest = $1 AND d.id <> $2 AND d.failures < $4
                          AND d.active_from <= now() AND (d.active_to IS NULL OR d.active_to > now()))`,
    [versionDigest, deploymentId, because, FAULTS_TO_PAUSE],
  );
  if (!rowCount) return;
  const text = `${because} The model takes no runs until you have looked at it and open it again. Last: ${what}.`;
  await raiseNotice(pool, { key: `paused ${deploymentId} ${day}`, versionDigest, kind: 'endpoint_paused', text });
}
