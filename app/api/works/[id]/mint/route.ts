import { database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { getMintStatus } from '@/lib/mint/queries';
import { route } from '@/lib/route';
import { workIdInput } from '@/lib/works/schema';

/** MintStatusDto of a work that is public or the caller's. */
export const GET = route(async ({ params, actor }) => {
  const status = await getMintStatus(database(), actor, workIdInput.parse(params).id);
  if (!status) throw new AppError('not_found');
  return Response.json(status, { headers: { 'cache-control': 'no-store' } });
});
