import type { z } from 'zod';
import { type EndpointRunResult, runResultSchema, runWaitingSchema } from '@/lib/protocol/endpoint-contract';
import { paramsHash } from '@/lib/protocol/params';
import { promptHash } from '@/lib/protocol/prompt';
import type { Answer, RunOutput, RunRequest, RunResult } from '../adapter';
import { EndpointError } from '../endpoint-error';
import type { OutboundAnswer } from '../outbound/open-outbound';
import { faultOf, parseJson } from './contract-fault';

type Charged = 'no' | 'maybe';
const MIN_POLL_MS = 100;
const MAX_POLL_MS = 30_000;

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
