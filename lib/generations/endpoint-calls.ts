import type { Database } from '@/lib/db';
import type { ProviderJob } from '@/lib/inference/adapter';

type Pool = Pick<Database, 'pool'>;
type Ref = { generationId: string; deploymentId: string; attempt: number };

/** The job that an earlier attempt left at an endpoint that charges. */
export async function findJob({ pool }: Pool, id: string): Promise<{ deploymentId: string; job: ProviderJob } | null> {
  const { rows } = await pool.query<{ deployment_id: string; job: ProviderJob }>(
    'SELECT deployment_id, job FROM endpoint_call WHERE generation_id = $1 ORDER BY submitted_at DESC LIMIT 1',
    [id],
  );
  return rows[0] ? { deploymentId: rows[0].deployment_id, job: rows[0].job } : null;
}

/** Once the endpoint has named its job, so that another worker can go on with it. */
export async function writeJob({ pool }: Pool, { generationId, deploymentId, attempt }: Ref, job: ProviderJob): Promise<void> {
  await pool.query(
    'INSERT INTO endpoint_call (generation_id, deployment_id, attempt, job_id, job) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
    [generationId, deploymentId, attempt, job.id, JSON.stringify(job)],
  );
}

/** A webhook says that a job has moved on: whoever runs it looks at once. Says nothing about whether there is such a job. */
export async function pokeCall({ pool }: Pool, deploymentId: string, jobId: string): Promise<void> {
  await pool.query('UPDATE endpoint_call SET moved_at = clock_timestamp() WHERE deployment_id = $1 AND job_id = $2', [deploymentId, jobId]);
}
