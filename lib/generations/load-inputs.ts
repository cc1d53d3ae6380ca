import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunInput } from '@/lib/inference/adapter';
import { checkOutput, decodeRaster } from '@/lib/inference/check-output';
import { storage } from '@/lib/storage/storage';
import { readUploaded, uploadById } from '@/lib/uploads/queries';
import type { Claim } from './claim';

/** What a run starts from: a work or an upload; none where it starts from nothing. */
export async function loadInputs(db: Database, { parent_work_id, upload_id }: Pick<Claim, 'parent_work_id' | 'upload_id'>): Promise<RunInput[]> {
  if (parent_work_id) return [await workInput(db, parent_work_id)];
  return upload_id ? [await uploadInput(db, upload_id)] : [];
}

type Row = { content: Hex } & ({ kind: 'image'; blob: string } | { kind: 'text'; text: string });

/** As it was delivered: whatever its file carries beside it (record, title) is nobody's business at an endpoint. */
async function workInput({ pool }: Pick<Database, 'pool'>, workId: string): Promise<RunInput> {
  const { rows } = await pool.query<Row>('SELECT kind, text, content, output_blob AS blob FROM work WHERE id = $1', [workId]);
  const [work] = rows;
  if (!work) throw new AppError('internal', { cause: new Error(`the work ${workId} that a run starts from is gone`) });
  const { content } = work;
  return work.kind === 'text' ? { kind: 'text', content, text: work.text } : { kind: 'image', content, png: await pictureIn(work.blob) };
}

/** Encoded anew. */
async function pictureIn(blob: string): Promise<Buffer> {
  const raster = await decodeRaster(await storage().get(blob));
  return (await checkOutput({ kind: 'pixels', ...raster }, { kind: 'image', isSigned: false })).png;
}

/** An upload was encoded anew when it came. */
async function uploadInput(db: Pick<Database, 'prisma'>, id: string): Promise<RunInput> {
  const upload = await uploadById(db, id);
  return { kind: 'image', content: upload.content, png: await readUploaded(upload) };
}
