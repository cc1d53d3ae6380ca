import 'server-only';
import type { z } from 'zod';
import { clientOf } from '@/lib/auth/rate-limit';
import { database } from '@/lib/db';
import { AppError, describeError, type ErrorCode } from '@/lib/errors';
import { readBody } from '@/lib/read-body';
import type { Caller } from './doors/door';
import { openDoor } from './doors/open-door';
import { type LimitState, limitHeaders } from './limits';
import { errorOf, problemResponse } from './problem';
import type { Scope } from './schema';
import { recordCall } from './usage/record-call';

/** What a handler learns that belongs into the call’s row. */
export type CallNote = {
  modelSlug?: string;
  quoteId?: string;
  millicredits?: bigint;
  /** What it was refused with, where the answer has another form than a problem. */
  code?: ErrorCode;
};

export type GatewayCall<C> = {
  request: Request;
  params: Record<string, string>;
  query: URLSearchParams;
  /** All of it, as it came. */
  body: Buffer;
  address: string;
  caller: C;
  /** What was counted; a handler that counts more adds to it, for the answer’s headers. */
  limits: LimitState[];
  note: CallNote;
};
type Context = { params: Promise<Record<string, string> | undefined> };
type Handler<C> = (call: GatewayCall<C>) => Promise<Response>;

/** A prompt has a thousand characters; what else is in a body is settings. */
const MAX_BODY_BYTES = 256 * 1024;

const NOBODY_KEEPS = 'private, no-store';

/** Reads the body and opens the door, and writes both into the call. */
type Enter = (call: GatewayCall<Caller | null>) => Promise<void>;

/** What is signed covers the body, so that this comes first. */
const enter: Enter = async (call) => {
  call.body = await readBody(call.request.body, MAX_BODY_BYTES);
  await openDoor(database(), call, call);
};

/** A route of the gateway for callers whom a door lets in with this scope. */
export const gatewayRoute = (scope: Scope, handler: Handler<Caller>, entering = enter) => answer(letIn(scope, handler), entering);

/** The same, where whoever does not say who they are may pay for this one call (x402/pay-per-call.ts). */
export const payableRoute = (scope: Scope, handler: Handler<Caller>, payHandler: Handler<Caller | null>) =>
  answer((call) => (call.caller ? letIn(scope, handler)(call) : payHandler(call)));

const letIn =
  (scope: Scope, handler: Handler<Caller>): Handler<Caller | null> =>
  async (call) => {
    if (!call.caller) throw new AppError('no_credentials');
    if (!call.caller.scopes.includes(scope)) throw new AppError('scope_missing', { details: { scope } });
    return handler({ ...call, caller: call.caller });
  };

/** A route of the gateway for everyone: who says who they are is believed as little as elsewhere, and who does not is nobody. */
export const openGatewayRoute = (handler: Handler<Caller | null>) => answer(handler);

function answer(handler: Handler<Caller | null>, entering = enter) {
  return async (request: Request, context: Context): Promise<Response> => {
    const started = performance.now();
    // Of a route without a name in brackets Next gives none.
    const params = (await context.params) ?? {};
    const { pathname, searchParams: query } = new URL(request.url);
    const call: GatewayCall<Caller | null> = {
      ...{ request, params, query, body: Buffer.alloc(0), address: clientOf(request.headers) },
      ...{ caller: null, limits: [], note: {} },
    };
    let refused: ErrorCode | null = null;
    const response = await (async () => {
      await entering(call);
      return handler(call);
    })().catch((thrown: unknown) => {
      const error = errorOf(thrown);
      refused = error.code;
      return problemResponse(error);
    });
    for (const [name, value] of Object.entries(limitHeaders(call.limits))) response.headers.set(name, value);
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', NOBODY_KEEPS);
    const route = `${request.method} ${templateOf(pathname, params)}`;
    if (call.caller) {
      const { code = refused, ...note } = call.note;
      const status = call.note.code ? describeError(call.note.code).status : response.status;
      recordCall({ ...note, caller: call.caller, address: call.address, route, status, code, ms: Math.round(performance.now() - started) });
    }
    return response;
  };
}

/** `/api/v1/works/0190…` → `/api/v1/works/{id}`. */
function templateOf(pathname: string, params: Record<string, string>): string {
  const names = new Map(Object.entries(params).flatMap(([name, value]) => [value, encodeURIComponent(value)].map((text) => [text, `{${name}}`])));
  return pathname
    .split('/')
    .map((part) => names.get(part) ?? part)
    .join('/');
}

/** The JSON of a call, checked. Throws `invalid_input`. */
export function readJson<T>({ body }: Pick<GatewayCall<unknown>, 'body'>, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AppError('invalid_input', { message: 'The body is not JSON.' });
  }
  return schema.parse(json);
}

/** An answer that nobody keeps. */
export const fresh = (body: object, init: { status?: number; headers?: Record<string, string> } = {}) =>
  Response.json(body, { status: init.status, headers: { 'cache-control': NOBODY_KEEPS, ...init.headers } });
