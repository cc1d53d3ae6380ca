import type { Database } from '@/lib/db';
import type { ModelCardDto } from './schema';

type CoverRow = { version_digest: string; id: string; preview_small: string; rank: number; total: number };

/** The newest public works of each version, up to `take`, and how many there are. */
export async function coversOf(
  { pool }: Database,
  versions: string[],
  take: number,
): Promise<Map<string, { total: number; covers: ModelCardDto['covers'] }>> {
  const { rows } = await pool.query<CoverRow>(
    `SELECT * FROM (
       SELECT w.version_digest, w.id, w.preview_small, row_number() OVER (PARTITION BY w.version_digest ORDER BY w.captured_at DESC)::int AS rank,
              count(*) OVER (PARTITION BY w.version_digest)::int AS total
       FROM work w WHERE w.version_digest = ANY ($1) AND w.preview_small IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM takedown d WHERE d.work_id = w.id AND d.lifted_at IS NULL)
         AND (w.shared_at IS NOT NULL OR EXISTS (SELECT 1 FROM token t WHERE t.receipt_digest = w.receipt_digest))) ranked
     WHERE rank <= $2 ORDER BY rank`,
    [versions, take],
  );
  const found = new Map<string, { total: number; covers: ModelCardDto['covers'] }>();
  for (const row of rows) {
    const entry = found.get(row.version_digest) ?? { total: row.total, covers: [] };
    entry.covers.push({ src: `/media/${row.id}/${row.preview_small}.webp`, alt: '' });
    found.set(row.version_digest, entry);
  }
  return found;
}
