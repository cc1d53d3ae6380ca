import type { Database } from '@/lib/db';
import { env } from '@/lib/env';
import type { Adapter, ProviderJob, RunRequest, RunResult } from '@/lib/inference/adapter';
import { EndpointError } from '@/lib/inference/endpoint-error';
import { outboundFor } from '@/lib/inference/outbound/outbound';
import { runOnEndpoint } from '@/lib/inference/run-on-endpoint';
import { type DeploymentsOf, loadDeployment, type OpenDeployment } from '@/lib/models/load-deployments';
import { raiseNotice } from '@/lib/models/raise-notice';
import { recordFault, recordSuccess } from '@/lib/models/record-outcome';
import { findJob, writeJob } from './endpoint-calls';
import type { Watch } from './watch-runs';

export type Adapters = Record<string, Adapter>;
export type CallParts = { db: Database; adapters: Adapters; deploymentsOf: DeploymentsOf };
export type CalledRun = { id: string; attempt: number; versionDigest: string; deploymentId: string };
export type Called = { result: RunResult; deployment: OpenDeployment; ms: number };

/**
 * Takes a run to its result: at the endpoint where an earlier attempt left its job, or at the first that works. Another deployment of the
 * same version is tried where nothing can have been charged. Throws EndpointError, or the reason of the watch's signal.
 */
export async function callEndpoint(parts: CallParts, run: CalledRun, request: RunRequest, watch: Watch): Promise<Called> {
  const { db, adapters, deploymentsOf } = parts;
  const earlier = run.attempt > 1 ? await findJob(db, run.id) : null;
  if (earlier) {
    const deployment = await loadDeployment(db, earlier.deploymentId);
    if (deployment) return callOne(parts, { run, deployment, resume: earlier.job }, request, watch);
  }
  const deployments = await deploymentsOf({ version: run.versionDigest, preferred: run.deploymentId });
  // Whoever had it before may have sent it, and died before it knew the job's name: sending again could charge the creator twice.
  if (run.attempt > 1 && deployments.some(({ provider }) => adapters[provider]?.resubmit !== 'free')) {
    throw new EndpointError('unreachable', 'an earlier attempt was lost on its way', { charged: 'maybe' });
  }
  for (const [i, deployment] of deployments.entries()) {
    try {
      return await callOne(parts, { run, deployment, resume: null }, request, watch);
    } catch (error) {
      const isLast = i === deployments.length - 1;
      const free = error instanceof EndpointError && (error.charged === 'no' || adapters[deployment.provider]?.resubmit === 'free');
      if (isLast || !free || !(error.isItsOwn || error.fault === 'busy')) throw error;
    }
  }
  throw new EndpointError('unreachable', 'no endpoint of this version takes runs now', { charged: 'no' });
}

type One = { run: CalledRun; deployment: OpenDeployment; resume: ProviderJob | null };

async function callOne({ db, adapters }: CallParts, { run, deployment, resume }: One, request: RunRequest, watch: Watch): Promise<Called> {
  const adapter = adapters[deployment.provider];
  if (!adapter) throw new EndpointError('refused', `no adapter for ${deployment.provider}`, { charged: 'no' });
  const { url, reference, options, secret } = deployment;
  const { signal, onProgress, moved } = watch;
  const call = {
    url,
    secret: secret.secret,
    reference,
    options,
    http: outboundFor(url),
    signal,
    onProgress,
    webhookUrl: webhookUrlOf(deployment.id),
  };
  const ref = { generationId: run.id, deploymentId: deployment.id, attempt: run.attempt };
  const started = performance.now();
  try {
    const onJob = async (job: ProviderJob) => (adapter.resubmit === 'charged' ? writeJob(db, ref, job) : undefined);
    const result = await runOnEndpoint(adapter, call, request, { resume, onJob, moved });
    if (deployment.failures > 0) await recordSuccess(db, deployment.id);
    return { result, deployment, ms: Math.round(performance.now() - started) };
  } catch (error) {
    if (error instanceof EndpointError) await report(db, run, deployment, error);
    throw error;
  }
}

async function report(db: Database, run: CalledRun, { id }: OpenDeployment, error: EndpointError): Promise<void> {
  if (error.isItsOwn) await recordFault(db, id, error.what);
  if (error.fault !== 'unauthorised') return;
  const text = `An endpoint does not accept its secret (${error.what}). Store it again in the studio.`;
  const key = `unauthorised ${id} ${new Date().toISOString().slice(0, 10)}`;
  await raiseNotice(db.pool, { key, versionDigest: run.versionDigest, kind: 'endpoint_refused_secret', text });
}

/** Only where somebody on the internet could reach it. */
const webhookUrlOf = (deploymentId: string) =>
  env.PUBLIC_URL.startsWith('https://') ? new URL(`/api/webhooks/endpoints/${deploymentId}`, env.PUBLIC_URL).href : null;
