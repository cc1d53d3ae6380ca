import { holdOne } from '@/lib/auth/hold-few';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { EVENT_STREAM_HEADERS, streamRuns } from '@/lib/generations/follow-runs';
import { userRoute } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';

export const dynamic = 'force-dynamic';

/** A person's tabs. */
const STREAMS_AT_ONCE = 10;

/** Server-sent events: the runs of one quote, at once and after each change; `done` when nothing more will come. */
export const GET = userRoute(async ({ request, actor, address }) => {
  const quoteId = uuidInput.parse(request.nextUrl.searchParams.get('quote'));
  await takeForPerson('events', { actor, address });
  const closed = holdOne('events', actor.userId, STREAMS_AT_ONCE);
  const stream = streamRuns(database(), actor, { quoteId }, { signal: request.signal, write: (runs) => runs, closed });
  return new Response(stream, { headers: EVENT_STREAM_HEADERS });
});
