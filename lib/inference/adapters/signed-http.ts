import { z } from 'zod';
import { CONTRACT, type EndpointRunRequest, healthSchema } from '@/lib/protocol/endpoint-contract';
import { type RequestSigner, signRequest } from '@/lib/protocol/signed-request';
import { type Adapter, defineAdapter, type EndpointCall, type ProviderJob, type RunRequest } from '../adapter';
import { EndpointError } from '../endpoint-error';
import { isEnded } from '../is-ended';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { readContractAnswer, readRunAnswer } from './read-contract-answer';

const ANSWER_BYTES = 64 * 1024 * 1024;
const SMALL_BYTES = 64 * 1024;
const ASK_MS = 15_000;
/** A model may answer the first request itself; one that takes longer says 202. */
const RUN_MS = 180_000;
const STOP_MS = 5_000;
const DEFAULT_RUN_SECONDS = 600;

const options = z.strictObject({});
type Call = EndpointCall<z.output<typeof options>>;
type Sending = { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: string; timeoutMs: number; maxBytes: number; charges: boolean };

/** The run's body: the same at every attempt but for the deadline, which does not count (endpoint-contract.ts). */
function bodyOf({ runId, kind, prompt, seed, seedKind, inputs, receipt, deadlineAt }: RunRequest): EndpointRunRequest {
  return {
    contract: CONTRACT,
    run: runId,
    kind,
    chainId: receipt.chainId,
    collection: receipt.collection.toLowerCase() as typeof receipt.collection,
    version: receipt.version,
    seed: seed.toString(),
    seedKind,
    params: receipt.paramsText,
    prompt,
    salt: receipt.salt,
    parent: receipt.parent,
    inputs: inputs.map(({ content, ...input }) =>
      input.kind === 'text' ? { content, text: input.text } : { content, png: Buffer.from(input.png).toString('base64') },
    ),
    deadline: Math.floor((deadlineAt?.getTime() ?? Date.now() + DEFAULT_RUN_SECONDS * 1000) / 1000),
  };
}

/**
 * Models that their creators serve themselves, by our own contract (lib/protocol/endpoint-contract.ts). `signer` signs each request. A
 * deployment's secret, where there is one, is a bearer token for whatever stands in front of the model.
 */
export function signedHttpAdapter(signer: RequestSigner): Adapter {
  async function send(call: Call, { path, body, ...rest }: Sending): Promise<OutboundAnswer> {
    if (!call.url) throw new EndpointError('refused', 'the deployment has no address', { charged: 'no' });
    const url = `${call.url.replace(/\/+$/, '')}${path}`;
    if (!URL.canParse(url)) throw new EndpointError('refused', 'the address is not an address', { charged: 'no' });
    const headers = {
      accept: 'application/json, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(call.secret && { authorization: `Bearer ${call.secret}` }),
      ...(await signRequest({ method: rest.method, url, body: body ?? '' }, signer)),
    };
    return call.http.fetch({ url, headers, body, signal: call.signal, ...rest });
  }

  async function stop(call: Call, runId: string): Promise<void> {
    await send(call, { method: 'DELETE', path: `/runs/${runId}`, timeoutMs: STOP_MS, maxBytes: SMALL_BYTES, charges: false });
  }

  return defineAdapter({
    options,
    resubmit: 'free',
    async submit(call, request) {
      const body = JSON.stringify(bodyOf(request));
      try {
        const answer = await send(call, { method: 'POST', path: '/runs', body, timeoutMs: RUN_MS, maxBytes: ANSWER_BYTES, charges: true });
        return readRunAnswer(answer, request);
      } catch (error) {
        // We name the run, so it can be stopped before the endpoint has answered; the driver stops only those that did.
        if (isEnded(call.signal)) await stop({ ...call, signal: AbortSignal.timeout(STOP_MS) }, request.runId).catch(() => {});
        throw error;
      }
    },
    async poll(call, job, request) {
      const path = `/runs/${encodeURIComponent(job.id)}`;
      return readRunAnswer(await send(call, { method: 'GET', path, timeoutMs: ASK_MS, maxBytes: ANSWER_BYTES, charges: false }), request);
    },
    cancel: (call, job: ProviderJob) => stop(call, encodeURIComponent(job.id)),
    async check(call) {
      const startedAt = performance.now();
      const answer = await send(call, { method: 'GET', path: '/health', timeoutMs: ASK_MS, maxBytes: SMALL_BYTES, charges: false });
      const { versions, signer: versionKey } = readContractAnswer(answer, healthSchema, 'no');
      // A deployment's reference is the version it serves.
      const modelReported = versions.find((version) => version === call.reference) ?? versions[0] ?? null;
      return { ms: Math.round(performance.now() - startedAt), modelReported, signer: versionKey };
    },
  });
}
