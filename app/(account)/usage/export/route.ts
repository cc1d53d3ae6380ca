import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { csvResponse } from '@/lib/csv';
import { database } from '@/lib/db';
import { listUsageLines } from '@/lib/gateway/usage/get-usage';
import { usageCsv } from '@/lib/gateway/usage/usage-csv';
import { readUsageSpan } from '@/lib/gateway/usage/usage-span';
import { userRoute } from '@/lib/route';

/** What the signed-in person's programs did, as a file. */
export const GET = userRoute(async ({ request, actor, address }) => {
  await takeForPerson('export', { actor, address });
  const span = readUsageSpan(request.nextUrl.searchParams.get('days'));
  return csvResponse(`usage-${span.from.slice(0, 10)}-${span.days}d.csv`, usageCsv(await listUsageLines(database(), actor, span)));
});
