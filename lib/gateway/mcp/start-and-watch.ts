import type { z } from 'zod';
import type { Database } from '@/lib/db';
import { hasFailed, isOpen } from '@/lib/generations/is-open';
import type { GenerationDto } from '@/lib/generations/schema';
import type { Caller } from '../doors/door';
import type { GatewayCall } from '../route';
import { placeToLook } from '../runs/place-to-look';
import { runBody } from '../runs/run-body';
import { startRuns } from '../runs/start-runs';
import { endOf, watchRuns } from '../runs/wait-for-runs';
import { startRunsInput } from '../schema';
import type { runToolInput } from './schema';

/**
 * Starts runs as POST /generations does and looks at them for a while. Throws what starting throws, and where all have ended with nothing delivered what the
 * first was ended by.
 */
export async function startAndWatch(
  db: Database,
  call: GatewayCall<Caller>,
  { idempotencyKey, waitSeconds, quote, ...settings }: z.output<typeof runToolInput>,
): Promise<object> {
  const asked = quote === undefined ? settings : { quote };
  const leave = waitSeconds > 0 ? placeToLook('waits', call.caller.actor.userId) : null;
  try {
    const { quoteId, runs: started } = await startRuns(db, asOneRequest(call, asked, idempotencyKey), startRunsInput.parse(asked));
    const signal = AbortSignal.any([call.request.signal, AbortSignal.timeout(waitSeconds * 1000)]);
    const watched = leave ? await watchRuns(db, call.caller, quoteId, signal) : started;
    return answerOf(quoteId, watched.length > 0 ? watched : started);
  } finally {
    leave?.();
  }
}

function answerOf(quoteId: string, runs: GenerationDto[]): object {
  if (runs.every(hasFailed)) throw endOf(runs);
  return {
    quoteId,
    done: !runs.some(isOpen),
    generations: runs.map(runBody),
  };
}

/** What is asked of the tool as the request that an Idempotency-Key stands for: the message around it has a number of its own each time. */
function asOneRequest(call: GatewayCall<Caller>, asked: object, idempotencyKey: string | undefined): GatewayCall<Caller> {
  const headers = new Headers(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey });
  return {
    ...call,
    request: new Request(call.request.url, { method: 'POST', headers, signal: call.request.signal }),
    body: Buffer.from(JSON.stringify(asked)),
  };
}
