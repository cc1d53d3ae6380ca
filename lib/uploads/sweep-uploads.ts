import { type Database, inTransaction } from '@/lib/db';
import { uploadStorage } from '@/lib/storage/storage';
import { UPLOAD_KEPT_HOURS } from './limits';

/** Forgets the uploads that no run needs: rows and bytes, all of both or none. Returns how many. */
export async function sweepUploads({ pool }: Pick<Database, 'pool'>, now = Date.now()): Promise<number> {
  const before = new Date(now - UPLOAD_KEPT_HOURS * 3_600_000);
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ owner_id: string; blob: string }>('SELECT * FROM upload_sweep($1)', [before]);
    // Before the rows are let go of: whoever sends one of them again waits, and then stores it anew.
    for (const { owner_id, blob } of rows) await uploadStorage(owner_id).remove(blob);
    return rows.length;
  });
}
