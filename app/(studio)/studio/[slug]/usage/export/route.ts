import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { csvResponse } from '@/lib/csv';
import { database } from '@/lib/db';
import { listModelUsageLines } from '@/lib/gateway/usage/get-usage';
import { usageCsv } from '@/lib/gateway/usage/usage-csv';
import { readUsageSpan } from '@/lib/gateway/usage/usage-span';
import { userRoute } from '@/lib/route';

/** What was done with a model of the signed-in person's, as a file. */
export const GET = userRoute(async ({ request, params, actor, address }) => {
  await takeForPerson('export', { actor, address });
  const span = readUsageSpan(request.nextUrl.searchParams.get('days'));
  const lines = await listModelUsageLines(database(), actor, params.slug ?? '', span);
  return csvResponse(`usage-of-a-model-${span.from.slice(0, 10)}-${span.days}d.csv`, usageCsv(lines));
});
