import { z } from 'zod';
import type { Database } from '@/lib/db';
import { AppError, type ErrorCode } from '@/lib/errors';
import { inTurn } from '@/lib/in-turn';
import type { RunRequest } from '@/lib/inference/adapter';
import type { JobContext } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { inputParameter } from '@/lib/models/input-parameter';
import { createDeploymentLoader } from '@/lib/models/load-deployments';
import { type LoadedVersion, loadVersion } from '@/lib/models/load-version';
import { raiseNotice } from '@/lib/models/raise-notice';
import { recordFault } from '@/lib/models/record-outcome';
import { uuidInput } from '@/lib/uuid-input';
import { type Adapters, type Called, callEndpoint } from './call-endpoint';
import { createCapture } from './capture-generation';
import { type Claim, createClaimer } from './claim';
import { deliver } from './deliver';
import { endGeneration } from './end-generation';
import { loadInputs } from './load-inputs';
import { parkDelivery } from './park-delivery';
import { readParams } from './read-params';
import { tellOfOurKey } from './tell-of-our-key';
import { createRunWatcher } from './watch-runs';

const payloadSchema = z.object({ id: uuidInput });

/** What ends a run for good; anything else is ours to mend, and the job is tried again until the deadline. */
const ENDINGS: Partial<Record<ErrorCode, 'failed' | 'cancelled' | 'expired'>> = {
  run_cancelled: 'cancelled',
  run_deadline: 'expired',
  endpoint_failed: 'failed',
  prompt_blocked: 'failed',
  output_invalid: 'failed',
  output_blocked: 'failed',
  model_substituted: 'failed',
  signer_mismatch: 'failed',
};
/** What an endpoint delivered, and should not have: a fault of its own like an answer that never came. What a key of ours signed is no fault of it. */
const DELIVERY_FAULTS: ErrorCode[] = ['output_invalid', 'model_substituted'];
const SIGNED_THERE_FAULTS: ErrorCode[] = [...DELIVERY_FAULTS, 'signer_mismatch'];

async function requestOf(db: Database, run: Claim, version: LoadedVersion): Promise<RunRequest> {
  const { chainId, collection, manifest } = version;
  const input = inputParameter(manifest.parameters);
  const params = readParams(run.params_text, manifest.parameters.properties);
  // An endpoint gets the work, not its digest: most refuse a field they do not know.
  if (input) delete params[input.name];
  return {
    runId: run.id,
    kind: manifest.kind,
    prompt: run.prompt,
    seed: BigInt(run.seed),
    seedKind: manifest.seedKind,
    params,
    inputs: input ? await loadInputs(db, run) : [],
    deadlineAt: run.deadline_at,
    receipt: { chainId, collection, version: version.digest, paramsText: run.params_text, salt: run.prompt_salt, parent: run.parent },
  };
}

/**
 * So many outputs are checked and stored at a time, first come, first served. All at once, those that come together would all be done when the last
 * is, and every one would hold its pixels until then.
 */
const DELIVERIES_AT_ONCE = 4;

/** The task: claim → run → check → store → attest → capture. Runs again harmlessly: an ended run is left alone. */
export function createRunGeneration(db: Database, adapters: Adapters) {
  const [claim, capture, watchRun, deploymentsOf] = [createClaimer(db), createCapture(db), createRunWatcher(db), createDeploymentLoader(db)];
  const turn = inTurn({ most: DELIVERIES_AT_ONCE, waiting: Infinity });
  return async (payload: unknown, { signal }: JobContext): Promise<void> => {
    const { id } = payloadSchema.parse(payload);
    const run = await claim(id);
    if (run?.state !== 'running') return;
    const watch = watchRun({ id, attempt: run.attempt, deadlineAt: run.deadline_at }, signal);
    let called: Called | undefined;
    let version: LoadedVersion | undefined;
    try {
      version = await loadVersion(db, run.version_digest);
      const request = await requestOf(db, run, version);
      const { attempt, version_digest: versionDigest, deployment_id: deploymentId } = run;
      called = await callEndpoint({ db, adapters, deploymentsOf }, { id, attempt, versionDigest, deploymentId }, request, watch);
      const [of, result] = [version, called];
      const delivery = await turn(() => deliver(db, run, of, result, request));
      const outcome = await (run.x402_payment_id ? parkDelivery(db, delivery) : capture(delivery));
      if (outcome === 'stale') log.warn({ generation: id, attempt, providerJobId: called.result.providerJobId }, 'late output thrown away');
    } catch (thrown) {
      await end(db, run, { called, version }, watch.signal.aborted ? watch.signal.reason : thrown);
    } finally {
      watch.stop();
    }
  };
}

type SoFar = { called: Called | undefined; version: LoadedVersion | undefined };

async function end(db: Database, run: Claim, { called, version }: SoFar, reason: unknown): Promise<void> {
  const code = reason instanceof AppError ? reason.code : undefined;
  const state = code && ENDINGS[code];
  if (code === 'wrong_state') return; // another attempt, or its end, came first
  if (!state) throw reason;
  log.warn({ generation: run.id, code, err: (reason as AppError).cause }, 'run ended without delivery');
  await endGeneration(db, { id: run.id, attempt: run.attempt, from: ['running'], state, error: code });
  const isSignedThere = version?.manifest.signerCustody === 'creator';
  if (code === 'signer_mismatch' && version && !isSignedThere) await tellOfOurKey(db, version);
  if (!called || !(isSignedThere ? SIGNED_THERE_FAULTS : DELIVERY_FAULTS).includes(code)) return;
  await recordFault(db, called.deployment.id, code);
  if (code !== 'model_substituted') return;
  const text = 'A run failed because the endpoint said it ran another model, or another seed, than the version declares. Nothing was charged.';
  const key = `substituted ${called.deployment.id} ${new Date().toISOString().slice(0, 10)}`;
  await raiseNotice(db.pool, { key, versionDigest: run.version_digest, kind: 'model_substituted', text });
}
