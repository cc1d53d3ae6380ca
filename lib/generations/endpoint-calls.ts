import type { Database } from '@/lib/db';
import type { ProviderJob } from '@/lib/inference/adapter';

type Pool = Pick<Database, 'pool'>;
type Ref = { generationId: string; deploymentId: string; attempt: number };

/** What an earlier attempt left at an endpoint that charges: its job, or (null) that it was sent and no name came back. */
export async function findEarlierCall({ pool }: Pool, id: string): Promise<{ deploymentId: string; job: ProviderJob | null } | null> {
  const { rows } = await pool.query<{ deployment_id: string; job: ProviderJob | null }>(
    'SELECT deployment_id, job FROM endpoint_call WHERE generation_id = $1 ORDER BY submitted_at DESC LIMIT 1',
    [id],
  );
  return rows[0] ? { deploymentId: rows[0].deployment_id, job: rows[0].job } : null;
}

/** Before a run is sent. */
export async function writeCall({ pool }: Pool, { generationId, deploymentId, attempt }: Ref): Promise<void> {
  await pool.query('INSERT INTO endpoint_call (generation_id, deployment_id, attempt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    generationId,
    deploymentId,
    attempt,
  ]);
}

/** Once the endpoint has named its job. */
export async function writeJob({ pool }: Pool, { generationId, deploymentId }: Ref, job: ProviderJob): Promise<void> {
  await pool.query('UPDATE endpoint_call SET job_id = $3, job = $4 WHERE generation_id = $1 AND deployment_id = $2', [
    generationId,
    deploymentId,
    job.id,
    JSON.stringify(job),
  ]);
}

/** It was not taken, and nothing was charged: another attempt may send it anew. */
export async function dropCall({ pool }: Pool, { generationId, deploymentId }: Ref): Promise<void> {
  await pool.query('DELETE FROM endpoint_call WHERE generation_id = $1 AND deployment_id = $2 AND job IS NULL', [generationId, deploymentId]);
}

/** A webhook says that a job has moved on: whoever runs it looks at once. Says nothing about whether there is such a job. */
export async function pokeCall({ pool }: Pool, deploymentId: string, jobId: string): Promise<void> {
  await pool.query('UPDATE endpoint_call SET moved_at = clock_timestamp() WHERE deployment_id = $1 AND job_id = $2', [deploymentId, jobId]);
}
