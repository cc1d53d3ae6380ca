import { expect, test } from 'vitest';
import type { StandIn } from '@/scripts/standins/models/serve';
import type { Adapter } from '../../adapter';
import { limits } from '../shared/limits';
import { failure } from './stage';

/** What every status of an answer to the submit says of the run, whatever its provider, and how often it is sent where sending may charge. */
const STATUSES = [
  { status: 400, fault: 'refused', charged: 'no', sent: 1 },
  { status: 401, fault: 'unauthorised', charged: 'no', sent: 1 },
  { status: 402, fault: 'refused', charged: 'no', sent: 1 },
  { status: 403, fault: 'unauthorised', charged: 'no', sent: 1 },
  { status: 404, fault: 'refused', charged: 'no', sent: 1 },
  { status: 422, fault: 'refused', charged: 'no', sent: 1 },
  { status: 429, fault: 'busy', charged: 'no', sent: 3 },
  { status: 503, fault: 'busy', charged: 'no', sent: 3 },
  { status: 500, fault: 'failed', charged: 'maybe', sent: 1 },
  { status: 502, fault: 'unreachable', charged: 'maybe', sent: 1, sentFree: 3 },
  { status: 504, fault: 'unreachable', charged: 'maybe', sent: 1, sentFree: 3 },
  { status: 302, fault: 'garbage', charged: 'maybe', sent: 1 },
  { status: 307, fault: 'garbage', charged: 'maybe', sent: 1 },
] as const;

type Refused = { server: StandIn; route: RegExp; run(): Promise<unknown> };

/** The tests of one kind of endpoint. `start` gives a stand-in, the route that submits, and a run that is sent to it. */
export function testRefusals(adapter: Adapter, start: () => Promise<Refused> | Refused): void {
  test.each(STATUSES)('with $status is $fault, charged: $charged, sent $sent times', async ({ status, fault, charged, ...times }) => {
    const { server, route, run } = await start();
    const headers = { 'retry-after': '0', location: `${server.url}/elsewhere` };
    server.fault({ on: route, reply: { status, headers, json: { detail: 'a heron at dusk r8_stand_in', error: 'a heron at dusk' } } });
    // `failure` sees to it that nothing of the answer's text is said.
    expect(await failure(run())).toEqual({ fault, charged, status, retryAfterMs: 0, what: `it answered ${status}` });
    const sent = adapter.resubmit === 'free' && 'sentFree' in times ? times.sentFree : times.sent;
    expect([server.count(route), server.count(/elsewhere/)]).toEqual([sent, 0]);
  });
}

/** An answer to the submit that does not come whole: the run may be charged by then, and is not sent again where that charges. */
export function testLostAnswers(start: () => Promise<Refused> | Refused): void {
  test.each([
    ['half', 'garbage'],
    ['garbage', 'garbage'],
    ['cut', 'unreachable'],
    ['drop', 'unreachable'],
    ['hang', 'unreachable'],
  ] as const)('to the submit (%s) is %s, may be charged, and is not sent again', async (kind, fault) => {
    Object.assign(limits, { submitMs: 300, makeMs: 300 });
    const { server, route, run } = await start();
    server.fault({ on: route, kind });
    expect(await failure(run())).toMatchObject({ fault, charged: 'maybe' });
    expect(server.count(route)).toBe(1);
  });
}
