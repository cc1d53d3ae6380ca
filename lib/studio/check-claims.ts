import { AppError } from '@/lib/errors';
import { providerOf } from '@/lib/inference/providers';
import { type Claims, claimProblems } from './claims';

type Runs = { provider: string; mustReport: string | null };

/** Refuses a place to run in whose answers could not bear out what the version claims. Throws `invalid_input`. */
export function checkClaims({ provider: id, mustReport }: Runs, claims: Claims): void {
  const provider = providerOf(id);
  const fields = provider ? claimProblems(provider, mustReport, claims) : {};
  const [first] = Object.entries(fields);
  if (first) throw new AppError('invalid_input', { details: { fields }, message: `The ${first[0]} ${first[1]}.` });
}
