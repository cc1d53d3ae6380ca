import { randomUUID } from 'node:crypto';
import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import { createBatcher } from '@/lib/jobs/batcher';

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
  x402_payment_id: string | null;
  deadline_at: Date;
};

const MAX_BATCH = 16;

/**
 * The next attempt of a run; nothing where it has ended, `held` where it has to wait: for others, or for an endpoint that has failed. Those that are
 * asked for together are claimed together.
 */
export function createClaimer({ pool }: Pick<Database, 'pool'>): (id: string) => Promise<Claim | undefined> {
  const claim = createBatcher(
    async (asked: { id: string; token: string }[]) => {
      const ids = asked.map(({ id }) => id);
      const { rows } = await pool.query<Claim>({
        name: 'generation_claim_set',
        text: 'SELECT * FROM generation_claim_set($1, $2, $3, $4)',
        values: [ids, asked.map(({ token }) => token), env.RUNS_AT_ONCE_PER_USER, env.RUNS_AT_ONCE_PER_CREATOR],
      });
      // A run that is asked for twice at once has two attempts here, and either caller has its own.
      return ids.map((id) => takeFirst(rows, id));
    },
    { maxItems: MAX_BATCH },
  );
  // The batcher asks again where an answer was lost: by its token that is the same attempt.
  return (id) => claim({ id, token: randomUUID() });
}

function takeFirst(claims: Claim[], id: string): Claim | undefined {
  const at = claims.findIndex((claim) => claim.id === id);
  return at < 0 ? undefined : claims.splice(at, 1)[0];
}
