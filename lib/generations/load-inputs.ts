import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunInput } from '@/lib/inference/adapter';
import { checkOutput, decodeRaster } from '@/lib/inference/check-output';
import { storage } from '@/lib/storage/storage';
import { readUploaded, uploadById } from '@/lib/uploads/queries';
import type { Claim } from './claim';

/** The picture that a run starts from: a work's or an upload's; none where it starts from nothing. */
export async function loadInputs(db: Database, { parent_work_id, upload_id }: Pick<Claim, 'parent_work_id' | 'upload_id'>): Promise<RunInput[]> {
  if (parent_work_id) return [await workInput(db, parent_work_id)];
  return upload_id ? [await uploadInput(db, upload_id)] : [];
}

/** As it was delivered, encoded anew: whatever its file carries beside its pixels (record, title) is nobody's business at an endpoint. */
async function workInput({ pool }: Pick<Database, 'pool'>, workId: string): Promise<RunInput> {
  const { rows } = await pool.query<{ content: Hex; blob: string }>('SELECT content, output_blob AS blob FROM work WHERE id = $1', [workId]);
  const [work] = rows;
  if (!work) throw new AppError('internal', { cause: new Error(`the work ${workId} that a run starts from is gone`) });
  const { width, height, rgba } = await decodeRaster(await storage().get(work.blob));
  const { png } = await checkOutput({ kind: 'pixels', width, height, rgba }, { isSigned: false });
  return { content: work.content, png };
}

/** An upload was encoded anew when it came. */
async function uploadInput(db: Pick<Database, 'prisma'>, id: string): Promise<RunInput> {
  const upload = await uploadById(db, id);
  return { content: upload.content, png: await readUploaded(upload) };
}
