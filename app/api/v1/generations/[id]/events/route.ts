import { holdOne } from '@/lib/auth/hold-few';
import { database } from '@/lib/db';
import { gatewayRoute } from '@/lib/gateway/route';
import { ownRun } from '@/lib/gateway/runs/own-run';
import { runBody } from '@/lib/gateway/runs/run-body';
import { EVENT_STREAM_HEADERS, streamRuns } from '@/lib/generations/follow-runs';

/** One caller's, of one process: each looks at the database twice a second. */
const STREAMS_AT_ONCE = 20;

/** Server-sent events: the run, at once and after each change; `done` when nothing more will come. */
export const GET = gatewayRoute('read', async (call) => {
  const { id } = await ownRun(database(), call);
  const { actor } = call.caller;
  const closed = holdOne('gateway events', actor.userId, STREAMS_AT_ONCE);
  const write = ([run]: Parameters<typeof runBody>[0][]) => run && runBody(run);
  return new Response(streamRuns(database(), actor, { id }, { signal: call.request.signal, write, closed }), { headers: EVENT_STREAM_HEADERS });
});
