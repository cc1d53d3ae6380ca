import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunInput } from '@/lib/inference/adapter';
import { checkOutput, decodeRaster } from '@/lib/inference/check-output';
import { storage } from '@/lib/storage/storage';

/**
 * The picture that a run starts from, as it was delivered, encoded anew: whatever its file carries beside its pixels (record, title) is nobody's
 * business at an endpoint.
 */
export async function loadInputs({ pool }: Pick<Database, 'pool'>, parentWorkId: string): Promise<RunInput[]> {
  const { rows } = await pool.query<{ content: Hex; blob: string }>('SELECT content, output_blob AS blob FROM work WHERE id = $1', [parentWorkId]);
  const [work] = rows;
  if (!work) throw new AppError('internal', { cause: new Error(`the work ${parentWorkId} that a run starts from is gone`) });
  const { width, height, rgba } = await decodeRaster(await storage().get(work.blob));
  const { png } = await checkOutput({ kind: 'pixels', width, height, rgba }, { isSigned: false });
  return [{ content: work.content, png }];
}
