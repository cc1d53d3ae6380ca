import type { z } from 'zod';
import type { Actor } from '@/lib/actor';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { EndpointError } from '@/lib/inference/endpoint-error';
import { outboundFor } from '@/lib/inference/outbound/outbound';
import type { ProviderId } from '@/lib/inference/providers';
import { loadDeployment, type OpenDeployment } from '@/lib/models/load-deployments';
import { recordSuccess } from '@/lib/models/record-outcome';
import { checkDeployment } from './check-deployment';
import { ownDeployment } from './own';
import type { EndpointTestDto, probeInput } from './schema';

const CHECK_MS = 20_000;

type Reachable = Pick<OpenDeployment, 'provider' | 'url' | 'secret' | 'reference' | 'options'>;

/** Asks an endpoint, without making anything, whether it would take a run. Never throws for what the endpoint does. */
export async function checkEndpoint({ provider, url, secret, reference, options }: Reachable): Promise<EndpointTestDto> {
  const adapter = creatorAdapters()[provider as ProviderId];
  if (!adapter) throw new AppError('misconfigured', { message: `No adapter for ${provider}.` });
  const signal = AbortSignal.timeout(CHECK_MS);
  const started = performance.now();
  try {
    const call = { url, secret: secret.secret, reference, options, http: outboundFor(url), signal, onProgress: () => {}, webhookUrl: null };
    const { modelReported, signer = null } = await adapter.check(call);
    return { ok: true, ms: Math.round(performance.now() - started), modelReported, signer };
  } catch (error) {
    if (error instanceof EndpointError) return { ok: false, fault: error.fault, what: error.what };
    if (signal.aborted) return { ok: false, fault: 'unreachable', what: `no answer within ${CHECK_MS / 1000} s` };
    throw error;
  }
}

/** Looks at a deployment, and writes what was found: what is known of its health comes from that. */
export async function lookAndKeep({ prisma }: Pick<Database, 'prisma'>, deployment: OpenDeployment): Promise<EndpointTestDto> {
  const started = performance.now();
  const found = await checkEndpoint(deployment);
  const ms = Math.round(performance.now() - started);
  const seen = found.ok ? { fault: null, what: null } : { fault: found.fault, what: found.what };
  await prisma.deploymentCheck.create({ data: { id: newId(), deploymentId: deployment.id, ms, ...seen } });
  return found;
}

/** The same before it is registered, so that the form can say what is wrong with it. Throws `invalid_input`. */
export async function probeEndpoint({ deployment }: z.output<typeof probeInput>): Promise<EndpointTestDto> {
  checkDeployment(deployment);
  const { provider, url, reference, options, secret, webhookSecret } = deployment;
  return checkEndpoint({ provider, url, reference, options, secret: { secret, webhookSecret } });
}

/**
 * The creator's own test of a deployment, kept like any look at it. An answer forgives it its faults; a fault counts for nothing, since nobody's
 * run was lost. Throws `not_found`.
 */
export async function testEndpoint(db: Database, actor: Actor, { deployment }: { deployment: string }): Promise<EndpointTestDto> {
  await ownDeployment(db, actor, deployment);
  const opened = await loadDeployment(db, deployment);
  if (!opened) throw new AppError('not_found');
  const found = await lookAndKeep(db, opened);
  if (found.ok) await recordSuccess(db, deployment);
  return found;
}
