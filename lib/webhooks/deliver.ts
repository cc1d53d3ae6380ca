import { z } from 'zod';
import { EndpointError } from '@/lib/inference/endpoint-error';
import type { Outbound } from '@/lib/inference/outbound/open-outbound';
import type { Task } from '@/lib/jobs/types';
import { uuidInput } from '@/lib/uuid-input';
import { messageHeaders } from './sign-message';
import { type Lane, type Outgoing, takeMessage } from './take-message';
import { type Attempt, writeAttempt } from './write-attempt';

const payloadSchema = z.object({ id: uuidInput });
const TIMEOUT_MS = 15_000;
/** Of an answer only its status counts; what is longer is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * The job that sends a message once, in the places of a lane. At least once in all: a worker that dies after the answer came sends it again, under
 * the same id.
 */
export function deliverWebhook(outboundFor: (url: string) => Outbound, lane: Lane = 'quick'): Task {
  return async (payload, { db, signal }) => {
    const message = await takeMessage(db, payloadSchema.parse(payload).id, lane);
    if (message) await writeAttempt(db, message, await send(outboundFor(message.url), message, signal));
  };
}

async function send(outbound: Outbound, { id, body, url, secrets }: Outgoing, signal: AbortSignal): Promise<Attempt> {
  const [at, startedMs] = [new Date(), performance.now()];
  const done = (status: number | null, problem: string | null): Attempt => ({ at, status, problem, ms: Math.round(performance.now() - startedMs) });
  const headers = messageHeaders({ id, body }, secrets, at);
  try {
    const { status } = await outbound.fetch({
      url,
      method: 'POST',
      headers,
      body,
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
      charges: false,
    });
    return done(status, null);
  } catch (error) {
    // Anything else is ours (the worker stops, say): the job comes again.
    if (!(error instanceof EndpointError)) throw error;
    return done(null, error.what.slice(0, 200));
  }
}
