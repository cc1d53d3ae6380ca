import { type Database, inTransaction } from '@/lib/db';
import { storage } from '@/lib/storage/storage';
import { looksOf } from './looks';
import { nearest } from './nearest';
import type { Likeness } from './read-likeness';

const BATCH = 20;
type Due = { id: string; output_blob: string };

/**
 * Reads what works look like that were sealed and not read yet. One that cannot be read keeps no other waiting: it is tried again the next time, and
 * named in the error at the end. Returns how many were read.
 */
export async function indexWorks(db: Database, readFile = (blob: string) => storage().get(blob)): Promise<number> {
  const failed: { id: string; cause: unknown }[] = [];
  let done = 0;
  for (let batch = await listDue(db, null); batch.length > 0; batch = await listDue(db, batch.at(-1)?.id ?? null))
    for (const { id, output_blob } of batch) {
      try {
        const looks = await looksOf(await readFile(output_blob));
        if ('problem' in looks) throw new Error(looks.problem);
        await putLikeness(db, id, looks.likeness);
        done++;
      } catch (cause) {
        failed.push({ id, cause });
      }
    }
  if (failed.length > 0) throw new Error(`no likeness could be read of ${failed.map(({ id }) => id).join(', ')}`, { cause: failed[0]?.cause });
  return done;
}

async function listDue({ pool }: Database, after: string | null): Promise<Due[]> {
  const { rows } = await pool.query<Due>(
    `SELECT w.id, w.output_blob FROM likeness l JOIN work w ON w.id = l.work_id
     WHERE l.read_at IS NULL AND ($1::uuid IS NULL OR l.work_id > $1) ORDER BY l.work_id LIMIT ${BATCH}`,
    [after],
  );
  return rows;
}

/** Writes it down with its pairs. One at a time, so that of two works read at the same moment one sees the other. */
export function putLikeness({ pool }: Database, id: string, likeness: Likeness | null): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('likeness'))`);
    const form = likeness && Buffer.from(likeness.form.buffer);
    const { rowCount } = await tx.query('UPDATE likeness SET hash = $2, form = $3, read_at = now() WHERE work_id = $1 AND read_at IS NULL', [
      id,
      likeness?.hash.toString() ?? null,
      form,
    ]);
    if (rowCount !== 1 || !likeness) return;
    // Of one person's works with one model none is a copy that somebody has to be shown.
    const others = `w.id <> $3 AND NOT EXISTS (SELECT 1 FROM work own JOIN model_version ov ON ov.digest = own.version_digest
                    WHERE own.id = $3 AND own.owner_id = w.owner_id AND ov.model_id = v.model_id)`;
    const near = await nearest(tx, likeness, others, [id]);
    await tx.query(
      `INSERT INTO likeness_pair (earlier_id, later_id, difference)
       SELECT CASE WHEN is_later THEN own_id ELSE id END, CASE WHEN is_later THEN id ELSE own_id END, difference
         FROM (SELECT o.id, n.difference, own.id AS own_id, (o.captured_at, o.id) > (own.captured_at, own.id) AS is_later
                 FROM unnest($2::uuid[], $3::smallint[]) n(id, difference) JOIN work o ON o.id = n.id JOIN work own ON own.id = $1) pair`,
      [id, near.map((one) => one.id), near.map((one) => one.difference)],
    );
  });
}
