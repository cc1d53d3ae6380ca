import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { mayRead, readerOf } from '@/lib/gateway/reader-of';
import { fresh, gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { workBody } from '@/lib/gateway/work-body';
import { getWork } from '@/lib/works/get-work';

/** A work: one of the caller’s, or one that everybody may see. */
export const GET = gatewayRoute('read', async (call) => {
  const id = idIn(call);
  const work = await getWork(database(), await readerOf(database(), call.caller, id), id);
  if (!work) throw new AppError('not_found');
  call.note.modelSlug = work.modelSlug;
  // A key that is for some models learns nothing of works of others, nor by those that were made from them.
  const parentWork = work.parentWork && (await mayRead(database(), call.caller, work.parentWork.id)) ? work.parentWork : null;
  return fresh(workBody({ ...work, parentWork }));
});
