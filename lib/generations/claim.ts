import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';

/** One claimed attempt. */
export type Claim = {
  id: string;
  state: 'held' | 'running';
  attempt: number;
  version_digest: string;
  deployment_id: string;
  prompt: string;
  prompt_salt: Hex;
  prompt_hash: Hex;
  seed: string;
  params_text: string;
  params_hash: Hex;
  parent: Hex;
  parent_work_id: string | null;
  upload_id: string | null;
  deadline_at: Date;
};

/** The next attempt of a run; nothing where it has ended, `held` where it has to wait: for others, or for an endpoint that has failed. */
export async function claim({ pool }: Database, id: string): Promise<Claim | undefined> {
  const { rows } = await pool.query<Claim>({
    name: 'generation_claim',
    text: 'SELECT * FROM generation_claim($1, $2, $3)',
    values: [id, env.RUNS_AT_ONCE_PER_USER, env.RUNS_AT_ONCE_PER_CREATOR],
  });
  return rows[0];
}
