import type { z } from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { creatorAdapters } from '@/lib/inference/adapters/all-adapters';
import { addressProblem } from '@/lib/inference/outbound/allowed-address';
import { providerOf } from '@/lib/inference/providers';
import { pictureParameter } from '@/lib/models/input-parameter';
import type { ParameterSchema } from '@/lib/models/schema';
import type { deploymentInput } from './schema';

/**
 * Refuses what no call could ever be made with: an address we do not call, settings its adapter does not know, or that have no place for the picture
 * which the version's parameters take. Throws `invalid_input`.
 */
export function checkDeployment({ provider, url, secret, options }: z.output<typeof deploymentInput>, parameters?: ParameterSchema): void {
  const known = providerOf(provider);
  const adapter = creatorAdapters()[provider];
  if (!known || !adapter) throw refused('provider', 'is not one we know');
  if (url !== null) {
    const problem = known.url ? addressProblem(url, new Set(env.ENDPOINT_PRIVATE_HOSTS)) : 'is not asked for here';
    if (problem) throw refused('url', problem);
  } else if (known.url && provider !== 'openai-images') throw refused('url', 'is needed');
  if (known.secret?.required && !secret) throw refused('secret', 'is needed');
  const parsed = adapter.options.safeParse(options);
  if (!parsed.success) throw refused('options', parsed.error.issues[0]?.message ?? 'are not what this kind of endpoint takes');
  const noPicture = parameters && pictureParameter(parameters) ? (adapter.refusesPicture?.(options) ?? null) : null;
  if (noPicture) throw refused('options', noPicture);
}

const refused = (field: string, problem: string) =>
  new AppError('invalid_input', { details: { fields: { [field]: problem } }, message: `The ${field} ${problem}.` });
