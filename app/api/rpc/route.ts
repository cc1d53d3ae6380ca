import { clientOf, takeOne } from '@/lib/auth/rate-limit';
import { requireSameOrigin } from '@/lib/auth/same-origin';
import { env } from '@/lib/env';
import { AppError, describeError } from '@/lib/errors';
import { route } from '@/lib/route';
import { forwardCalls, isRefusal, readCalls } from './forward-rpc';
import { readCapped } from './read-capped';

/** A transaction has at most 128 KiB; in hex, with room for the call around it. */
const MAX_BODY_BYTES = 300 * 1024;

/** JSON-RPC for our own pages, so that they need no address of a node and no key is in the browser. */
export const POST = route(async ({ request }) => {
  // A wallet extension that was told of the local chain asks from its own origin, and there is nothing of worth there.
  if (!env.EMBEDDED_CHAIN) requireSameOrigin(request.headers, env.PUBLIC_URL);
  // Another site's page cannot send this type without asking first, and is never told yes.
  if (!request.headers.get('content-type')?.startsWith('application/json')) throw new AppError('invalid_input');
  const { calls, isBatch } = readCalls(await readCapped(request.body, MAX_BODY_BYTES));
  await takeOne('rpc', clientOf(request.headers), calls.length);
  const answers = await forwardCalls(calls, { rpcUrl: env.RPC_URL, embeddedChain: env.EMBEDDED_CHAIN });
  const status = answers.every(isRefusal) ? describeError('method_not_allowed').status : 200;
  return Response.json(isBatch ? answers : answers[0], { status, headers: { 'cache-control': 'no-store' } });
});
