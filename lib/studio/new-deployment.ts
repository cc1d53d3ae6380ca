import type { z } from 'zod';
import { newId } from '@/lib/ids';
import { sealDeploymentSecret } from '@/lib/models/deployment-secret';
import type { deploymentInput } from './schema';

/** A deployment as its row takes it, its secret sealed to it and its version. */
export function newDeployment(version: string, input: z.output<typeof deploymentInput>) {
  const { provider, url, options, maxRunning, secret, webhookSecret } = input;
  // Our own contract names the version in every answer.
  const isOurs = provider === 'signed-http';
  const [reference, mustReport] = isOurs ? [version, version] : [input.reference, input.mustReport];
  const id = newId();
  const sealed = secret || webhookSecret ? { create: sealDeploymentSecret({ id, version }, { secret, webhookSecret }) } : undefined;
  return { id, provider, url, reference, options: options as object, mustReport, maxRunning, secret: sealed };
}
