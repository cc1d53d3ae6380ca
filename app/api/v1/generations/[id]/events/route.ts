import { database } from '@/lib/db';
import { isKeyOpen } from '@/lib/gateway/keys/is-key-open';
import { gatewayRoute } from '@/lib/gateway/route';
import { ownRun } from '@/lib/gateway/runs/own-run';
import { placeToLook } from '@/lib/gateway/runs/place-to-look';
import { runBody } from '@/lib/gateway/runs/run-body';
import { EVENT_STREAM_HEADERS, streamRuns } from '@/lib/generations/follow-runs';

/** Server-sent events: the run, at once and after each change; `done` when nothing more will come. */
export const GET = gatewayRoute('read', async (call) => {
  const { id } = await ownRun(database(), call);
  const { actor } = call.caller;
  const closed = placeToLook('events', actor.userId);
  const write = ([run]: Parameters<typeof runBody>[0][]) => run && runBody(run);
  const isStillIn = () => isKeyOpen(database(), call.caller);
  return new Response(streamRuns(database(), actor, { id }, { signal: call.request.signal, write, closed, isStillIn }), {
    headers: EVENT_STREAM_HEADERS,
  });
});
