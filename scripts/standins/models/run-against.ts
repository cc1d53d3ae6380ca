import { randomUUID } from 'node:crypto';
import type { Adapter, ProviderJob, RunRequest } from '@/lib/inference/adapter';
import { stage } from '@/lib/inference/adapters/testing/stage';

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

/** One endpoint as a worker drives it, its runs given whole, and the jobs it named kept. */
export function runAgainst(adapter: Adapter, { url, secret = '', reference = '', options = {} }: Against) {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const on = stage(adapter, { url, host }, { secret: secret || null, reference, options });
  const jobs: ProviderJob[] = [];
  return {
    /** The jobs that were named, for another worker to go on with. */
    jobs,
    run: (request: RunRequest, { resume, ...call }: Running = {}) =>
      on.run({ call, request, driving: { resume: resume ?? null, onJob: async (job) => void jobs.push(job) } }),
    check: () => adapter.check(on.call()),
    close: on.close,
  };
}

/** Waits for what a server does by itself. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
