import { database } from '@/lib/db';
import { getRelay } from '@/lib/mint/relay/queries';
import { userRoute } from '@/lib/route';
import { workIdInput } from '@/lib/works/schema';

/** RelayDto of the caller's newest mint with credits of a work, or null. */
export const GET = userRoute(async ({ params, actor }) =>
  Response.json(await getRelay(database(), actor, workIdInput.parse(params).id), { headers: { 'cache-control': 'no-store' } }),
);
