import { z } from 'zod';
import { database } from '@/lib/db';
import { getPassRelay } from '@/lib/passes/relay/queries';
import { userRoute } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';

const input = z.object({ id: uuidInput });

/** What the house sends about a pass for the caller's credits: PassRelayDto, or null. */
export const GET = userRoute(async ({ params, actor }) =>
  Response.json(await getPassRelay(database(), actor, input.parse(params).id), { headers: { 'cache-control': 'no-store' } }),
);
