import { z } from 'zod';
import { database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { userRoute } from '@/lib/route';

/** The person's own runs of one quote, as JSON. */
export const GET = userRoute(async ({ request, actor }) => {
  const quoteId = z.uuid().parse(request.nextUrl.searchParams.get('quote'));
  return Response.json(await listGenerations(database(), actor, { quoteId }), { headers: { 'cache-control': 'no-store' } });
});
