import 'server-only';
import type { NextRequest } from 'next/server';
import { ZodError } from 'zod';
import type { Actor } from './actor';
import { clientOf } from './auth/rate-limit';
import { currentActor } from './auth/session';
import { AppError, describeError, toAppError } from './errors';
import { log } from './log';

type Params = Record<string, string>;
type Call<A> = { request: NextRequest; params: Params; actor: A /** Where the call comes from. */; address: string };
type Context = { params: Promise<Params> };

function toResponse(thrown: unknown): Response {
  const error =
    thrown instanceof ZodError ? new AppError('invalid_input', { details: { issues: thrown.issues.map((i) => i.message) } }) : toAppError(thrown);
  const { status, level } = describeError(error.code);
  log[level]({ code: error.code, err: error.cause }, 'route failed');
  // The rest of a body that is too large or too slow is not read: nothing more can come over this connection, and whoever keeps it open has to know.
  const over = (error.code === 'too_large' || error.code === 'too_slow') && { connection: 'close' };
  return Response.json(
    { error: { code: error.code, message: error.message, details: error.details } },
    { status, headers: { 'cache-control': 'no-store', ...over } },
  );
}

/** A route that anyone may call; `actor` is null for the signed-out. Errors become the table's status, code and sentence. */
export function route(handler: (call: Call<Actor | null>) => Promise<Response>) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    try {
      return await handler({ request, params: await context.params, actor: await currentActor(), address: clientOf(request.headers) });
    } catch (error) {
      return toResponse(error);
    }
  };
}

const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
};

/** A route whose answers, errors too, any site's page may read. Nobody's cookies are looked at: the answer is the same for everyone. */
export function openRoute(handler: (call: Omit<Call<null>, 'actor' | 'params'>) => Promise<Response>) {
  return async (request: NextRequest): Promise<Response> => {
    const response = await handler({ request, address: clientOf(request.headers) }).catch(toResponse);
    for (const [name, value] of Object.entries(OPEN_TO_ALL)) response.headers.set(name, value);
    return response;
  };
}

/** What a browser asks before it lets another site's page send JSON to an open route. */
export const answerPreflight = () => new Response(null, { status: 204, headers: OPEN_TO_ALL });

/** A route for the signed-in. */
export function userRoute(handler: (call: Call<Actor>) => Promise<Response>) {
  return route((call) => {
    if (!call.actor) throw new AppError('signed_out');
    return handler({ ...call, actor: call.actor });
  });
}
