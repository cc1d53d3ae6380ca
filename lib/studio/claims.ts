import type { Provider } from '@/lib/inference/providers';

export type Grade = 'B' | 'C' | 'D';
type Says = { weights: string | null; mustReport: string | null };

/** The claims that answers of this kind of endpoint can carry, best first. B needs something that the report is compared with. */
export function gradesOf({ reproducibility: best }: Provider, { weights, mustReport }: Says): Grade[] {
  return (['B', 'C', 'D'] as const).filter((grade) => grade >= best && (grade !== 'B' || weights !== null || mustReport !== null));
}

/** What a version says of every run of it, wherever it runs. */
export type Claims = {
  kind: 'image' | 'text';
  weights: string | null;
  reproducibility: Grade | 'A';
  signerCustody: 'creator' | 'platform';
  seedKind: 'exact' | 'none';
};

/** The claims that no answer of an endpoint could bear out, with what is wrong with each; none where it may serve the version. */
export function claimProblems(provider: Provider, mustReport: string | null, claims: Claims): Partial<Record<keyof Claims, string>> {
  const { kind, weights, reproducibility, signerCustody, seedKind } = claims;
  const { name, kinds, creatorCustody } = provider;
  const grades: string[] = gradesOf(provider, { weights, mustReport });
  return {
    ...(!kinds.includes(kind) && { kind: `is not what ${name} makes` }),
    ...(!grades.includes(reproducibility) && { reproducibility: `is more than ${name} can report` }),
    ...(signerCustody === 'creator' && !creatorCustody && { signerCustody: `cannot be at ${name}` }),
    ...(seedKind === 'exact' && provider.seedKind === 'none' && { seedKind: `cannot be exact: ${name} takes no seed` }),
  };
}
