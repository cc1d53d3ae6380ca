import { holdOne } from '@/lib/auth/hold-few';
import { takeForPerson } from '@/lib/auth/rate-limit-person';
import { database } from '@/lib/db';
import { listGenerations } from '@/lib/generations/queries';
import type { GenerationDto } from '@/lib/generations/schema';
import { onDisk } from '@/lib/jobs/on-disk';
import { log } from '@/lib/log';
import { userRoute } from '@/lib/route';
import { uuidInput } from '@/lib/uuid-input';

export const dynamic = 'force-dynamic';

const LOOK_EVERY_MS = 400;
const PING_EVERY_LOOKS = 35;
/** A person's tabs. */
const STREAMS_AT_ONCE = 10;

const isOver = (runs: GenerationDto[]) =>
  runs.length === 0 || runs.every((run) => !['held', 'running'].includes(run.state) && (run.state !== 'captured' || run.sealed));

/** Server-sent events: the runs of one quote, at once and after each change; `done` when nothing more will come. */
export const GET = userRoute(async ({ request, actor, address }) => {
  const quoteId = uuidInput.parse(request.nextUrl.searchParams.get('quote'));
  await takeForPerson('events', { actor, address });
  const letGo = holdOne('events', actor.userId, STREAMS_AT_ONCE);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      let last = '';
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      try {
        for (let looks = 0; !request.signal.aborted; looks++) {
          const runs = await listGenerations(database(), actor, { quoteId });
          const now = JSON.stringify(runs);
          // What somebody is told stays true, also when the database crashes now.
          if (now !== last) await onDisk(database().pool);
          if (now !== last) send(`data: ${now}\n\n`);
          else if (looks % PING_EVERY_LOOKS === 0) send(': still here\n\n');
          last = now;
          if (isOver(runs)) break;
          await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        }
        if (!request.signal.aborted) send('event: done\ndata: {}\n\n');
        if (!request.signal.aborted) controller.close();
      } catch (err) {
        // The browser reconnects by itself and gets the state anew.
        log.warn({ err }, 'event stream ended early');
        controller.error(err);
      } finally {
        letGo();
      }
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  });
});
