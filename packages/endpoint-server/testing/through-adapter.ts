import type { EndpointCall, ProviderJob, RunRequest } from '../../../lib/inference/adapter';
import { signedHttpAdapter } from '../../../lib/inference/adapters/signed-http';
import { openOutbound, type WaysOut } from '../../../lib/inference/outbound/open-outbound';
import { runOnEndpoint } from '../../../lib/inference/run-on-endpoint';
import { paramsHash, paramsText } from '../../../lib/protocol/params';
import { promptHash } from '../../../lib/protocol/prompt';
import { NO_PARENT, type Receipt, receiptDigest } from '../../../lib/protocol/receipt';
import { CHAIN_ID, COLLECTION, closeAll, platform, VERSION } from './serve';

export const adapter = signedHttpAdapter(platform.signer);
const open: WaysOut[] = [];

/** For `afterEach`: all servers, and all connections to them. */
export async function closeBothSides(): Promise<void> {
  await closeAll();
  await Promise.all(open.splice(0).map((one) => one.close()));
}

type Watching = { signal?: AbortSignal; onProgress?: (fraction: number) => void; onJob?: (job: ProviderJob) => void };

/** A call to a server at a private address. */
export function callOf(
  { url }: { url: string },
  { signal = new AbortController().signal, onProgress = () => {} }: Watching = {},
): EndpointCall<unknown> {
  const ways = openOutbound({ privateHosts: new Set([new URL(url).host]) });
  open.push(ways);
  return { url, secret: null, reference: VERSION, options: {}, http: ways.forEndpoint(url), signal, onProgress, webhookUrl: null };
}

export function requestOf(changes: Partial<RunRequest> = {}): RunRequest {
  const params = changes.params ?? { width: 2, height: 1 };
  return {
    runId: crypto.randomUUID(),
    kind: 'image',
    prompt: 'a plate, après la pluie',
    seed: 2n ** 63n + 5n,
    seedKind: 'exact',
    params,
    inputs: [],
    receipt: {
      chainId: CHAIN_ID,
      collection: COLLECTION,
      version: VERSION,
      paramsText: paramsText(params),
      salt: `0x${'5a'.repeat(16)}`,
      parent: NO_PARENT,
    },
    ...changes,
  };
}

/** A run as the worker drives it. */
export async function run(server: { url: string }, request: RunRequest, watching: Watching = {}) {
  const driving = { resume: null, onJob: async (job: ProviderJob) => watching.onJob?.(job), moved: () => new Promise<void>(() => {}) };
  return runOnEndpoint(adapter, callOf(server, watching), request, driving);
}

/** What we would sign ourselves for this run, over the bytes that came. */
export function digestOf({ prompt, seed, receipt: terms }: RunRequest, content: `0x${string}`): `0x${string}` {
  const { version, parent, salt } = terms;
  const receipt: Receipt = { version, seed, paramsHash: paramsHash(terms.paramsText), promptHash: promptHash({ salt, prompt }), content, parent };
  return receiptDigest(terms.chainId, terms.collection, receipt);
}
