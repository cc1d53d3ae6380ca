import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { fresh, gatewayRoute } from '@/lib/gateway/route';
import { idIn } from '@/lib/gateway/runs/own-run';
import { workBody } from '@/lib/gateway/work-body';
import { getWork } from '@/lib/works/get-work';

/** A work: one of the caller’s, or one that everybody may see. */
export const GET = gatewayRoute('read', async (call) => {
  const work = await getWork(database(), call.caller.actor, idIn(call));
  if (!work) throw new AppError('not_found');
  call.note.modelSlug = work.modelSlug;
  return fresh(workBody(work));
});
