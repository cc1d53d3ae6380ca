import type { z } from 'zod';
import { type EndpointRunResult, type ProblemCode, problemSchema, runResultSchema, runWaitingSchema } from '@/lib/protocol/endpoint-contract';
import { paramsHash } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import type { Answer, RunOutput, RunRequest, RunResult } from '../adapter';
import { EndpointError, type EndpointFault } from '../endpoint-error';
import type { OutboundAnswer } from '../outbound/open-outbound';

type Charged = 'no' | 'maybe';
const MIN_POLL_MS = 100;
const MAX_POLL_MS = 30_000;
const MAX_RETRY_MS = 60_000;

const FAULTS: Record<ProblemCode, EndpointFault> = {
  bad_request: 'refused',
  bad_signature: 'unauthorised',
  expired: 'unauthorised',
  not_found: 'failed',
  conflict: 'refused',
  unknown_version: 'refused',
  hash_mismatch: 'refused',
  blocked: 'blocked',
  busy: 'busy',
  failed: 'failed',
};
/** Of answers that are no problem of ours: a proxy's, or another server's. */
const faultOfStatus = (status: number): EndpointFault => {
  if (status === 401 || status === 403) return 'unauthorised';
  if (status === 429) return 'busy';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  return status >= 500 ? 'failed' : 'refused';
};

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function retryAfterMs(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MAX_RETRY_MS) : undefined;
}

function faultOf({ status, headers, bytes }: OutboundAnswer): EndpointError {
  const problem = problemSchema.safeParse(parseJson(bytes)).data;
  const fault = problem ? FAULTS[problem.code] : faultOfStatus(status);
  // Its own words could hold the prompt: the code says enough.
  const what = problem ? `${status} ${problem.code}` : `status ${status}`;
  const charged = fault === 'failed' || (fault === 'unreachable' && status !== 503) ? 'maybe' : 'no';
  return new EndpointError(fault, what, { charged, status, retryAfterMs: retryAfterMs(headers['retry-after']) });
}

/** An answer of status 2xx in the form of `schema`. Throws EndpointError. */
export function readContractAnswer<T>(answer: OutboundAnswer, schema: z.ZodType<T>, charged: Charged): T {
  if (answer.status < 200 || answer.status > 299) throw faultOf(answer);
  const parsed = schema.safeParse(parseJson(answer.bytes));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole').slice(0, 5);
  throw new EndpointError('garbage', `the answer is not of the contract: ${where.join(', ')}`, { charged });
}

/** What a run's POST or GET answered. Throws EndpointError. */
export function readRunAnswer(answer: OutboundAnswer, request: RunRequest): Answer {
  if (answer.status !== 202) return { kind: 'done', result: resultOf(readContractAnswer(answer, runResultSchema, 'maybe'), request) };
  const { run, pollAfterMs, progress } = readContractAnswer(answer, runWaitingSchema, 'maybe');
  if (run !== request.runId) throw new EndpointError('garbage', 'it answered about another run', { charged: 'maybe' });
  return { kind: 'waiting', job: { id: run }, pollAfterMs: Math.min(Math.max(pollAfterMs, MIN_POLL_MS), MAX_POLL_MS), progress };
}

function resultOf(result: EndpointRunResult, request: RunRequest): RunResult {
  const { run, output, seed, version, weights, receipt, signature } = result;
  if (run !== request.runId) throw new EndpointError('garbage', 'it answered about another run', { charged: 'maybe' });
  // A version that was substituted has another receipt, too; the driver's caller says so by what is reported.
  if (version === request.receipt.version) checkReceipt(receipt, request);
  return {
    output: outputOf(output),
    seedReported: seed === null ? null : BigInt(seed),
    modelReported: version,
    weightsReported: weights,
    providerJobId: run,
    signature,
    raw: { run, seed, version, weights, receipt, signature },
  };
}

/** All but `content`, which is over bytes that are not checked yet. */
function checkReceipt(receipt: EndpointRunResult['receipt'], { prompt, seed, receipt: terms }: RunRequest): void {
  const expected = {
    version: terms.version,
    seed: seed.toString(),
    paramsHash: paramsHash(terms.paramsText),
    promptHash: promptHash({ salt: terms.salt, prompt }),
    parent: terms.parent,
  };
  for (const [name, value] of Object.entries(expected)) {
    if (receipt[name as keyof typeof expected] !== value) {
      throw new EndpointError('garbage', `its receipt has another ${name}`, { charged: 'maybe' });
    }
  }
}

function outputOf(output: EndpointRunResult['output']): RunOutput {
  if (output.type === 'text/plain') return { kind: 'text', text: output.text };
  const bytes = Buffer.from(output.data, 'base64');
  if (bytes.length === 0) throw new EndpointError('garbage', 'the picture has no bytes', { charged: 'maybe' });
  return { kind: 'file', bytes };
}
