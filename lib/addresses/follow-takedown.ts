import type { Hex } from 'viem';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import type { JobContext } from '@/lib/jobs/types';
import { findPublicFile } from '@/lib/mint/public-file';
import { cidText, RAW } from '@/lib/protocol/cid';
import { uuidInput } from '@/lib/uuid-input';
import { IS_TAKEN_DOWN } from '@/lib/works/queries';

const payloadSchema = z.object({ workId: uuidInput });
type Row = { image_cid: string; preview_large: string | null; taken_down: boolean };

/**
 * The job of a takedown and of its end: the node is to let go of picture and preview of a work that is down, and to keep them again afterwards. Metadata and
 * manifest stay. What nobody asked the node to keep stays as it is. `tryPins` tells the node.
 */
export async function followTakedown(payload: unknown, { db }: Pick<JobContext, 'db'>): Promise<void> {
  const { workId } = payloadSchema.parse(payload);
  const { rows } = await db.pool.query<Row>(
    `SELECT v.image_cid, w.preview_large, ${IS_TAKEN_DOWN} AS taken_down FROM work w JOIN voucher v ON v.work_id = w.id WHERE w.id = $1`,
    [workId],
  );
  for (const { image_cid, preview_large, taken_down } of rows) {
    const cids = [image_cid, ...(preview_large ? [cidText({ codec: RAW, digest: `0x${preview_large}` as Hex })] : [])];
    // Works with the same pixels have the same preview.
    for (const cid of cids) await (taken_down && !(await findPublicFile(db, cid)) ? letGo(db, cid) : keep(db, cid));
  }
}

async function letGo({ pool }: Database, cid: string): Promise<void> {
  await pool.query(
    `UPDATE pin SET state = 'unpinning', pinned_at = NULL, attempts = 0, error = NULL, look_at = now() WHERE cid = $1 AND state IN ('waiting', 'pinned')`,
    [cid],
  );
}

async function keep({ pool }: Database, cid: string): Promise<void> {
  await pool.query(
    `UPDATE pin SET state = 'waiting', attempts = 0, error = NULL, look_at = now() WHERE cid = $1 AND state IN ('waiting', 'unpinning', 'unpinned')`,
    [cid],
  );
}
