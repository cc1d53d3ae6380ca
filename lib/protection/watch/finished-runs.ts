import type { PoolClient } from 'pg';

export type FinishedRun = {
  id: string;
  quoteId: string;
  userId: string;
  modelId: string;
  versionDigest: string;
  prompt: string;
  seed: string;
  paramsText: string;
  at: Date;
};

/** What is written by others at the same moment may show later than what came after it. */
const LATE_SECONDS = 60;

/**
 * Runs that were delivered since, oldest first, that have no trace yet; none of a model's own creator. Read version by version off the index by their end: it
 * costs a probe for each version, and nothing in the transaction that captures.
 */
export async function finishedRuns(tx: PoolClient, since: Date, limit: number): Promise<FinishedRun[]> {
  const { rows } = await tx.query<FinishedRun>(
    `SELECT g.id, g.quote_id AS "quoteId", g.user_id AS "userId", v.model_id AS "modelId", v.digest AS "versionDigest", g.prompt, g.seed,
            g.params_text AS "paramsText", g.ended_at AS at
       FROM model_version v CROSS JOIN LATERAL (
         SELECT * FROM generation r WHERE r.version_digest = v.digest AND r.ended_at > $1::timestamptz - make_interval(secs => $3) AND r.state = 'captured'
            AND r.user_id <> r.creator_id AND NOT EXISTS (SELECT FROM protection_trace t WHERE t.generation_id = r.id)
          ORDER BY r.ended_at LIMIT $2) g
      WHERE v.published_at IS NOT NULL ORDER BY g.ended_at, g.id LIMIT $2`,
    [since, limit, LATE_SECONDS],
  );
  return rows;
}
