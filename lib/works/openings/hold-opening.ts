import 'server-only';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { loadOpening } from './load-opening';

/**
 * The opening of a work for the one who may reveal it: whoever started its run, and stays that after the token has gone to somebody else. Throws
 * `not_found` (also for somebody else's), `taken_down`, and `opening_gone` where it is not kept any more.
 */
export async function holdOpening(db: Database, actor: Actor, workId: string): Promise<OpeningFile> {
  const found = await loadOpening(db, workId);
  if (found?.holderId !== actor.userId) throw new AppError('not_found');
  if (found.isTakenDown) throw new AppError('taken_down');
  if (!found.file) throw new AppError('opening_gone');
  return found.file;
}
