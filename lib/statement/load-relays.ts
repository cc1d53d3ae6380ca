import type { Pool } from 'pg';
import { describeError, isErrorCode } from '@/lib/errors';
import { titleOf } from '@/lib/works/queries';

/** What a statement says of a mint, or a pass, that was paid in credits. */
export type RelaySubject = { title: string; href: string | null; endedBecause: string | null };

type Row = { id: string; work_id: string; label: string | null; name: string; seed: string; error: string | null };

/** The person's own mints with credits among `refs`, each with the work that it was about. */
export async function loadRelays(pool: Pool, userId: string, refs: readonly string[]): Promise<Map<string, RelaySubject>> {
  const { rows } = await pool.query<Row>(
    `SELECT r.id, r.work_id, vo.label, m.name, g.seed, r.error
       FROM relay r JOIN generation g ON g.id = r.work_id JOIN model_version v ON v.digest = g.version_digest JOIN model m ON m.id = v.model_id
            LEFT JOIN voucher vo ON vo.work_id = r.work_id
      WHERE r.id = ANY ($1) AND r.user_id = $2`,
    [refs, userId],
  );
  return new Map(rows.map((row) => [row.id, toSubject(row)]));
}

const toSubject = (row: Row): RelaySubject => ({
  title: titleOf(row),
  href: `/works/${row.work_id}`,
  endedBecause: isErrorCode(row.error) ? describeError(row.error).message : null,
});
