import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import type { Adapter, EndpointCall, ProviderJob, RunRequest } from '@/lib/inference/adapter';
import { EndpointError } from '@/lib/inference/endpoint-error';
import { openOutbound } from '@/lib/inference/outbound/open-outbound';
import { runOnEndpoint } from '@/lib/inference/run-on-endpoint';

/** A seed that no double holds. */
export const LONG_SEED = 18_446_744_073_709_551_557n;
export const SECRET_PROMPT = 'a heron of glass, whispered';

export function requestOf(more: Partial<RunRequest> = {}): RunRequest {
  const receipt = { chainId: 1, collection: '0x', version: '0x', paramsText: '{}', salt: '0x', parent: '0x' } as const;
  const run = { runId: randomUUID(), kind: 'image', prompt: SECRET_PROMPT, seed: LONG_SEED, seedKind: 'exact' } as const;
  return { ...run, params: { width: 64, height: 48 }, inputs: [], receipt, ...more };
}

export type Against = { url: string; secret?: string; reference?: string; options?: unknown };
type Running = { signal?: AbortSignal; resume?: ProviderJob; onProgress?: (fraction: number) => void };

/** One endpoint as a worker drives it: the real driver and the real way out, to one address on this machine. */
export function runAgainst(adapter: Adapter, { url, secret, reference = '', options = {} }: Against) {
  const ways = openOutbound({ privateHosts: new Set(URL.canParse(url) ? [new URL(url).host] : []) });
  const jobs: ProviderJob[] = [];
  const callOf = ({ signal = new AbortController().signal, onProgress = () => {} }: Running): EndpointCall<unknown> => ({
    ...{ url, secret: secret ?? null, reference, options, http: ways.forEndpoint(url), webhookUrl: null },
    signal,
    onProgress,
  });
  return {
    /** The jobs that were named, for another worker to go on with. */
    jobs,
    run: (request: RunRequest, running: Running = {}) =>
      runOnEndpoint(adapter, callOf(running), request, {
        resume: running.resume ?? null,
        onJob: async (job) => void jobs.push(job),
        moved: () => new Promise(() => {}),
      }),
    check: () => adapter.check(callOf({})),
    close: () => ways.close(),
  };
}

/** Waits for what a server does by itself. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The EndpointError that a run ends with. Fails where it ends otherwise, or where it, or a cause of it, says the prompt or one of `secrets`. */
export async function faultOf(run: Promise<unknown>, ...secrets: string[]): Promise<EndpointError> {
  const error = await run.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EndpointError)) throw error;
  const leaked = [SECRET_PROMPT, ...secrets].find((word) => inspect(error).includes(word));
  if (leaked) throw new Error(`says ${leaked}: ${error.what}`);
  return error;
}
