import type { Pool } from 'pg';
import { describeError, isErrorCode } from '@/lib/errors';

/** What a statement says of a run. */
/** `isIncluded`: a pass paid for the run, so that credits paid its parent's share alone. */
export type RunSubject = { modelName: string; href: string; endedBecause: string | null; isIncluded: boolean };

type Row = { id: string; name: string; slug: string; error_code: string | null; delivered: boolean; included: boolean };

/** The person's own runs among `ids`: a delivered one leads to its work, any other to its model. */
export async function loadRuns(pool: Pool, userId: string, ids: readonly string[]): Promise<Map<string, RunSubject>> {
  const { rows } = await pool.query<Row>(
    `SELECT g.id, m.name, m.slug, g.error_code, w.id IS NOT NULL AS delivered, g.pass_hold_id IS NOT NULL AS included
       FROM generation g JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id LEFT JOIN work w ON w.id = g.id
      WHERE g.id = ANY ($1) AND g.user_id = $2`,
    [ids, userId],
  );
  return new Map(rows.map((row) => [row.id, toSubject(row)]));
}

const toSubject = ({ id, name, slug, error_code: code, delivered, included }: Row): RunSubject => ({
  modelName: name,
  href: delivered ? `/works/${id}` : `/models/${slug}`,
  isIncluded: included,
  endedBecause: isErrorCode(code) ? describeError(code).message : null,
});
