import { inspect } from 'node:util';
import { AppError } from '@/lib/errors';
import type { StandIn } from '@/scripts/standins/models/serve';
import type { Adapter, EndpointCall, ProviderJob, RunRequest, RunResult, Webhook } from '../../adapter';
import { EndpointError } from '../../endpoint-error';
import { openOutbound } from '../../outbound/open-outbound';
import { type Driving, runOnEndpoint } from '../../run-on-endpoint';

/** Beyond 2^53: any reader that takes it for a double changes it. */
export const LONG_SEED = 196_619_188_014_358_661n;

type Place = Pick<EndpointCall<unknown>, 'secret' | 'reference'> & { options?: unknown };
export type Call = EndpointCall<unknown>;

/** An adapter before a stand-in, with the real driver and the real guard of addresses. Only the stand-in's host is let through. */
export function stage(adapter: Adapter, standIn: Pick<StandIn, 'url' | 'host'>, place: Place) {
  const ways = openOutbound({ privateHosts: new Set([standIn.host]) });
  const request = (more: Partial<RunRequest> = {}): RunRequest => ({
    runId: 'run-1',
    kind: 'image',
    prompt: 'a heron at dusk',
    seed: LONG_SEED,
    seedKind: 'exact',
    params: {},
    inputs: [],
    receipt: { chainId: 1, collection: '0x', version: '0x', paramsText: '{}', salt: '0x', parent: '0x' },
    ...more,
  });
  const call = (more: Partial<Call> = {}): Call => ({
    url: standIn.url,
    options: {},
    http: ways.forEndpoint(more.url === undefined ? standIn.url : more.url),
    signal: new AbortController().signal,
    onProgress: () => {},
    webhookUrl: null,
    ...place,
    ...more,
  });
  const run = (more: { call?: Partial<Call>; request?: Partial<RunRequest>; driving?: Partial<Driving> } = {}): Promise<RunResult> => {
    const driving: Driving = { resume: null, onJob: async () => {}, moved: () => new Promise(() => {}), ...more.driving };
    return runOnEndpoint(adapter, call(more.call), request(more.request), driving);
  };
  /** Starts a run, and stops it as soon as it has a job. */
  const runAndStop = async (): Promise<unknown> => {
    const stop = new AbortController();
    const onJob = async (_: ProviderJob) => void setTimeout(() => stop.abort(new AppError('run_cancelled')), 20);
    return run({ call: { signal: stop.signal }, driving: { onJob } }).catch((error: unknown) => error);
  };
  const readWebhook = (headers: Webhook['headers'], rawBody: string, nowMs = Date.now(), more: Partial<Call> = {}) => {
    if (!adapter.readWebhook) throw new Error('it has no webhooks');
    return adapter.readWebhook(call(more), { headers, rawBody, nowMs });
  };
  return { call, request, run, runAndStop, readWebhook, close: () => ways.close() };
}

/** The prompts and secrets of these tests. */
const NOT_FOR_THE_LOG = /heron|forbidden|r8_stand_in|key_secret|sk-stand-in|hf_stand_in/;

/** How a promise of an adapter failed, in the terms the driver goes by. Whatever failed: no log of it holds the prompt, a known secret or one of `secrets`. */
export async function failure(
  promise: Promise<unknown>,
  ...secrets: string[]
): Promise<Pick<EndpointError, 'fault' | 'charged' | 'status' | 'retryAfterMs' | 'what'>> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EndpointError)) throw error;
  const said = inspect(error, { depth: 10 });
  const leak = NOT_FOR_THE_LOG.exec(said)?.[0] ?? secrets.find((secret) => said.includes(secret));
  if (leak) throw new Error(`the error holds “${leak}”`);
  const { fault, charged, status, retryAfterMs, what } = error;
  return { fault, charged, status, retryAfterMs, what };
}
