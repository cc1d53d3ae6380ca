import { sourceName } from '@/components/earnings/sources';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { csvResponse, toCsv } from '@/lib/csv';
import { database } from '@/lib/db';
import { decimalCredits } from '@/lib/money';
import { readSpan } from '@/lib/payouts/earnings-span';
import { listSources } from '@/lib/payouts/list-sources';
import { userRoute } from '@/lib/route';

/** Earnings by day and source as a file. */
export const GET = userRoute(async ({ request, actor, address }) => {
  await takeForPerson('export', { actor, address });
  const span = readSpan(request.nextUrl.searchParams.get('days') ?? undefined);
  const sources = await listSources(database(), actor, span);
  const rows = sources.map((s) => [s.day, s.kind, sourceName(s), s.modelSlug, s.runs, decimalCredits(BigInt(s.millicredits))]);
  return csvResponse(`earnings-${span.fromDay}-${span.toDay}.csv`, toCsv(['day', 'kind', 'source', 'model', 'runs', 'credits'], rows));
});
