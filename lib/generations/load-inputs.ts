import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunInput } from '@/lib/inference/adapter';
import { checkOutput, decodeRaster } from '@/lib/inference/check-output';
import { storage } from '@/lib/storage/storage';

type Row = { content: Hex } & ({ kind: 'image'; blob: string } | { kind: 'text'; text: string });

/** What a run starts from, as it was delivered: whatever its file carries beside it (record, title) is nobody's business at an endpoint. */
export async function loadInputs({ pool }: Pick<Database, 'pool'>, parentWorkId: string): Promise<RunInput[]> {
  const { rows } = await pool.query<Row>('SELECT kind, text, content, output_blob AS blob FROM work WHERE id = $1', [parentWorkId]);
  const [work] = rows;
  if (!work) throw new AppError('internal', { cause: new Error(`the work ${parentWorkId} that a run starts from is gone`) });
  const { content } = work;
  return [work.kind === 'text' ? { kind: 'text', content, text: work.text } : { kind: 'image', content, png: await pictureIn(work.blob) }];
}

/** Encoded anew. */
async function pictureIn(blob: string): Promise<Buffer> {
  const raster = await decodeRaster(await storage().get(blob));
  return (await checkOutput({ kind: 'pixels', ...raster }, { kind: 'image', isSigned: false })).png;
}
