import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { receiveHook } from '@/lib/generations/receive-hook';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { route } from '@/lib/route';
import { readCapped } from '../../../rpc/read-capped';

/** Providers send the output along; it is not read from here. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** A provider says that a job has moved on. Only whose signature is right is heard, and then the job is asked for, not believed. */
export const POST = route(async ({ request, params }) => {
  await takeOne('endpointHook', clientOf(request.headers));
  const body = await readCapped(request.body, MAX_BODY_BYTES);
  const hook = { headers: Object.fromEntries(request.headers), rawBody: Buffer.from(body).toString('utf8'), nowMs: Date.now() };
  await receiveHook(database(), creatorAdapters(), params.deployment ?? '', hook);
  return Response.json({ received: true }, { headers: { 'cache-control': 'no-store' } });
});
