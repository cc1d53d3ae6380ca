import type { IncomingMessage } from 'node:http';
import type { FaultKind } from './faults';
import { findRoute } from './resources/all';
import { checkParams } from './wire/check-params';
import { expand } from './wire/expand';
import { Fault } from './wire/fault';
import { decodeForm } from './wire/form';
import { fingerprintOf, recall } from './wire/idempotency';
import { texts } from './wire/read';
import { API_VERSION, newObjectId, type World } from './world';

export type Answer = { status: number; body: string; headers: Record<string, string> };
type Request = { method: string; path: string; query: string; body: string; headers: IncomingMessage['headers'] };

/** One call of the API, idempotency and all. */
export function answerApi(world: World, secretKey: string, request: Request, fault: FaultKind | null): Answer {
  const headers = { 'content-type': 'application/json', 'request-id': newObjectId('req'), 'stripe-version': API_VERSION };
  const key = request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  try {
    authorise(secretKey, request);
    const fingerprint = fingerprintOf(request.method, request.path, request.body);
    const known = typeof key === 'string' ? recall(world.tables.idempotency, key, fingerprint) : null;
    if (known) return { status: known.status, body: known.body, headers: { ...headers, 'idempotent-replayed': 'true' } };
    const { status, body, keep } = run(world, request, fault);
    if (typeof key === 'string' && keep) world.tables.idempotency[key] = { fingerprint, status, body };
    world.save();
    return { status, body, headers: status >= 500 ? { ...headers, 'stripe-should-retry': 'false' } : headers };
  } catch (error) {
    if (error instanceof Fault) return { status: error.status, body: errorBody(error), headers };
    throw error;
  }
}

function authorise(secretKey: string, { headers }: Request): void {
  const given = headers.authorization?.replace(/^Bearer /, '');
  if (given !== secretKey) throw new Fault(401, { type: 'invalid_request_error', message: 'Invalid API Key provided' }, false);
  const version = headers['stripe-version'];
  if (version && version !== API_VERSION) {
    throw new Fault(400, { type: 'invalid_request_error', message: `The simulator speaks ${API_VERSION}, not ${version}.` }, false);
  }
}

function run(world: World, request: Request, fault: FaultKind | null): { status: number; body: string; keep: boolean } {
  if (fault === 'limit') throw new Fault(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }, false);
  const found = findRoute(request.method, request.path);
  if (!found)
    throw new Fault(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${request.method}: ${request.path}).` }, false);
  // Params are checked before the work begins, and what fails here may be sent again under the same key.
  const params = checkParams(decodeForm(request.method === 'GET' ? request.query : request.body), found.route.params);
  try {
    if (fault === 'error') throw new Fault(500, { type: 'api_error', message: 'The simulator was told to fail.' });
    const answer = expand(world, found.route.handle({ world, params, ids: found.ids }), texts(params, 'expand'));
    return { status: 200, body: JSON.stringify(answer), keep: true };
  } catch (error) {
    if (error instanceof Fault && error.keep) return { status: error.status, body: errorBody(error), keep: true };
    throw error;
  }
}

const errorBody = (fault: Fault): string => JSON.stringify({ error: fault.body });
