import type { Hex } from 'viem';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { Adapter, RunRequest, RunResult } from '@/lib/inference/adapter';
import { checkOutput } from '@/lib/inference/check-output';
import { outbound } from '@/lib/inference/outbound/outbound';
import { runOnEndpoint } from '@/lib/inference/run-on-endpoint';
import type { Batcher } from '@/lib/jobs/batcher';
import type { JobContext } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { type LoadedVersion, loadVersion } from '@/lib/models/load-version';
import { rasterContent } from '@/lib/protocol/content';
import { storage } from '@/lib/storage/storage';
import { attest } from './attest';
import type { CaptureOutcome, Delivery } from './capture-generation';
import { endGeneration } from './end-generation';
import { readParams } from './read-params';
import { watchRun } from './watch-run';

/** One claimed attempt. */
type Claim = {
  id: string;
  attempt: number;
  version_digest: string;
  prompt: string;
  prompt_salt: Hex;
  prompt_hash: Hex;
  seed: string;
  params_text: string;
  params_hash: Hex;
  parent: Hex;
  deadline_at: Date;
  provider: string;
  reference: string;
};

export type RunParts = { adapters: Record<string, Adapter>; capture: Batcher<Delivery, CaptureOutcome> };

const payloadSchema = z.object({ id: z.uuid() });

/** What ends a run for good; anything else is ours to mend, and the job is tried again until the deadline. */
const ENDINGS: Partial<Record<ErrorCode, 'failed' | 'cancelled' | 'expired'>> = {
  run_cancelled: 'cancelled',
  run_deadline: 'expired',
  endpoint_failed: 'failed',
  output_invalid: 'failed',
  model_substituted: 'failed',
  signer_mismatch: 'failed',
};

/** held | running → running, with the next attempt number: whoever ran it before is a zombie from here on. */
async function claim({ pool }: Database, id: string): Promise<Claim | undefined> {
  const { rows } = await pool.query<Claim>({
    name: 'generation_claim',
    text: `UPDATE generation g SET state = 'running', attempt = g.attempt + 1, started_at = now(), progress_percent = 0
           FROM deployment d WHERE g.id = $1 AND d.id = g.deployment_id AND g.state IN ('held', 'running') AND g.deadline_at > now()
           RETURNING g.*, d.provider, d.reference`,
    values: [id],
  });
  return rows[0];
}

function requestOf(run: Claim, version: LoadedVersion): RunRequest {
  const params = readParams(run.params_text, version.manifest.parameters.properties);
  const { chainId, collection, manifest } = version;
  return {
    runId: run.id,
    kind: manifest.kind,
    prompt: run.prompt,
    seed: BigInt(run.seed),
    seedKind: manifest.seedKind,
    params,
    inputs: [],
    receipt: { chainId, collection, version: version.digest, paramsText: run.params_text, salt: run.prompt_salt, parent: run.parent },
  };
}

/** The version on the receipt is the one that ran: what the endpoint reports must be what the manifest declares. */
function checkReport(result: RunResult, request: RunRequest, version: LoadedVersion): void {
  const { weights } = version.manifest;
  if (weights && result.weightsReported && result.weightsReported !== weights) {
    throw new AppError('model_substituted', { cause: new Error(`declared ${weights}, ran ${result.weightsReported}`) });
  }
  if (version.manifest.seedKind === 'exact' && result.seedReported !== null && result.seedReported !== request.seed) {
    throw new AppError('model_substituted', { cause: new Error(`seed ${request.seed} asked, ${result.seedReported} used`) });
  }
}

async function deliver(db: Database, run: Claim, version: LoadedVersion, result: RunResult, request: RunRequest): Promise<Delivery> {
  checkReport(result, request, version);
  const { width, height } = request.params;
  const output = await checkOutput(result.output, {
    width: typeof width === 'number' ? width : undefined,
    height: typeof height === 'number' ? height : undefined,
  });
  const content = rasterContent(output);
  const blob = await storage().put(output.png);
  const { digest, signature } = await attest(db, version, {
    version: version.digest,
    seed: request.seed,
    paramsHash: run.params_hash,
    promptHash: run.prompt_hash,
    content,
    parent: run.parent,
  });
  return { id: run.id, attempt: run.attempt, content, receipt: digest, signature, width: output.width, height: output.height, blob };
}

/** The task: claim → run → check → store → attest → capture. Runs again harmlessly: an ended run is left alone. */
export function createRunGeneration({ adapters, capture }: RunParts) {
  return async (payload: unknown, { db, signal }: JobContext): Promise<void> => {
    const { id } = payloadSchema.parse(payload);
    const run = await claim(db, id);
    if (!run) return;
    const watch = watchRun(db, { id, attempt: run.attempt, deadlineAt: run.deadline_at }, signal);
    try {
      const version = await loadVersion(db, run.version_digest);
      const adapter = adapters[run.provider];
      if (!adapter) throw new AppError('endpoint_failed', { cause: new Error(`no adapter for ${run.provider}`) });
      const request = requestOf(run, version);
      const { signal: stop, onProgress } = watch;
      const call = { url: null, secret: null, reference: run.reference, options: {}, http: outbound(), signal: stop, onProgress, webhookUrl: null };
      const never = () => new Promise<void>(() => {});
      const result = await runOnEndpoint(adapter, call, request, { resume: null, onJob: async () => {}, moved: never });
      const outcome = await capture(await deliver(db, run, version, result, request));
      if (outcome === 'stale') log.warn({ generation: id, attempt: run.attempt, providerJobId: result.providerJobId }, 'late output thrown away');
    } catch (thrown) {
      await end(db, run, watch.signal.aborted ? watch.signal.reason : thrown);
    } finally {
      watch.stop();
    }
  };
}

async function end(db: Database, run: Claim, reason: unknown): Promise<void> {
  const code = reason instanceof AppError ? reason.code : undefined;
  const state = code && ENDINGS[code];
  if (code === 'wrong_state') return; // another attempt, or its end, came first
  if (!state) throw reason;
  log.warn({ generation: run.id, code, err: (reason as AppError).cause }, 'run ended without delivery');
  await endGeneration(db, { id: run.id, attempt: run.attempt, from: ['running'], state, error: code });
}
