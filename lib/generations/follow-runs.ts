import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { onDisk } from '@/lib/jobs/on-disk';
import { log } from '@/lib/log';
import { isOpen } from './is-open';
import { listGenerations } from './queries';
import type { GenerationDto } from './schema';

const LOOK_EVERY_MS = 400;
const PING_EVERY_LOOKS = 35;

export type WhichRuns = { quoteId: string } | { id: string };

/**
 * A person's runs at once and after each change, until nothing more will come or nobody listens; null where a look found nothing new. What somebody is
 * told stays true, also when the database crashes then.
 */
export async function* followRuns(db: Database, actor: Actor, which: WhichRuns, signal: AbortSignal): AsyncGenerator<GenerationDto[] | null> {
  for (let last = ''; !signal.aborted; await sleep(LOOK_EVERY_MS)) {
    const runs = await listGenerations(db, actor, which);
    const now = JSON.stringify(runs);
    if (now !== last) await onDisk(db.pool);
    yield now === last ? null : runs;
    last = now;
    if (!runs.some(isOpen)) return;
  }
}

export const EVENT_STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };

type Telling = { signal: AbortSignal; write: (runs: GenerationDto[]) => unknown; closed: () => void; isStillIn?: () => Promise<boolean> };

/** The same as server-sent events, then `done`. `write`: what is told of them; `isStillIn`: whether they may still be told, asked with each look. */
export function streamRuns(db: Database, actor: Actor, which: WhichRuns, { signal, write, closed, isStillIn }: Telling): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      let looks = 0;
      try {
        for await (const runs of followRuns(db, actor, which, signal)) {
          // Whoever comes again is told why.
          if (isStillIn && !(await isStillIn())) return controller.close();
          if (runs) send(`data: ${JSON.stringify(write(runs))}\n\n`);
          else if (looks % PING_EVERY_LOOKS === 0) send(': still here\n\n');
          looks++;
        }
        if (!signal.aborted) send('event: done\ndata: {}\n\n');
        if (!signal.aborted) controller.close();
      } catch (err) {
        // Whoever listens connects again and gets the state anew.
        log.warn({ err }, 'event stream ended early');
        controller.error(err);
      } finally {
        closed();
      }
    },
  });
}
