import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { providerOf } from '@/lib/inference/providers';
import { gradesOf } from './claims';
import type { versionInput } from './schema';

/** Refuses claims that no answer of the version's endpoint could bear out. Throws `invalid_input`. */
export function checkClaims({ deployment, kind, weights, reproducibility, signerCustody, seedKind }: z.output<typeof versionInput>): void {
  const provider = providerOf(deployment.provider);
  if (!provider) return;
  const fields: Record<string, string> = {};
  if (!provider.kinds.includes(kind)) fields.kind = `is not what ${provider.name} makes`;
  if (!gradesOf(provider, { weights, mustReport: deployment.mustReport }).includes(reproducibility))
    fields.reproducibility = `is more than ${provider.name} can report`;
  if (signerCustody === 'creator' && !provider.creatorCustody) fields.signerCustody = `cannot be at ${provider.name}`;
  if (seedKind === 'exact' && provider.seedKind === 'none') fields.seedKind = `cannot be exact: ${provider.name} takes no seed`;
  const [first] = Object.entries(fields);
  if (first) throw new AppError('invalid_input', { details: { fields }, message: `The ${first[0]} ${first[1]}.` });
}
