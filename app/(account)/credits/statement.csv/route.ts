import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { csvResponse } from '@/lib/csv';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { userRoute } from '@/lib/route';
import { exportLines } from '@/lib/statement/export-lines';
import { statementFilter } from '@/lib/statement/schema';

/** The signed-in person's own statement. A page's cursor is no part of it: a file has every line. */
export const GET = userRoute(async ({ request, actor, address }) => {
  await takeForPerson('export', { actor, address });
  const filter = statementFilter.omit({ cursor: true }).parse(Object.fromEntries(request.nextUrl.searchParams));
  const today = new Date().toISOString().slice(0, 10);
  return csvResponse(`intaglio-statement-${today}.csv`, exportLines(database(), actor, filter, env.PUBLIC_URL));
});
