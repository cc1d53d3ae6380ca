import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { Webhook } from '@/lib/inference/adapter';
import { outboundFor } from '@/lib/inference/outbound/outbound';
import { loadDeployment } from '@/lib/models/load-deployments';
import { uuidInput } from '@/lib/uuid-input';
import type { Adapters } from './call-endpoint';
import { pokeCall } from './endpoint-calls';

const KEYS_MS = 10_000;

/**
 * A webhook of an endpoint: has whoever runs its job look at once. It decides nothing, so one that comes twice, late or out of order changes
 * nothing. Throws `not_found` (no such deployment, or its kind sends none), `bad_signature`.
 */
export async function receiveHook(db: Database, adapters: Adapters, deploymentId: string, hook: Webhook): Promise<void> {
  const id = uuidInput.safeParse(deploymentId).data;
  const deployment = id ? await loadDeployment(db, id) : null;
  const adapter = deployment && adapters[deployment.provider];
  if (!deployment || !adapter?.readWebhook) throw new AppError('not_found');
  const { url, reference, options, secret } = deployment;
  const signal = AbortSignal.timeout(KEYS_MS);
  const call = { url, secret: secret.secret, reference, options, http: outboundFor(url), signal, onProgress: () => {}, webhookUrl: null };
  const { jobId } = await adapter.readWebhook(call, hook);
  await pokeCall(db, deployment.id, jobId);
}
