import { database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import { userRoute } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';

/** The person's own runs of one quote, as JSON. */
export const GET = userRoute(async ({ request, actor }) => {
  const quoteId = uuidInput.parse(request.nextUrl.searchParams.get('quote'));
  return Response.json(await listGenerations(database(), actor, { quoteId }), { headers: { 'cache-control': 'no-store' } });
});
