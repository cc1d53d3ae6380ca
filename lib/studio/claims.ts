import type { Provider } from '@/lib/inference/providers';

export type Grade = 'B' | 'C' | 'D';
type Says = { weights: string | null; mustReport: string | null };

/** The claims that answers of this kind of endpoint can carry, best first. B needs something that the report is compared with. */
export function gradesOf({ reproducibility: best }: Provider, { weights, mustReport }: Says): Grade[] {
  return (['B', 'C', 'D'] as const).filter((grade) => grade >= best && (grade !== 'B' || weights !== null || mustReport !== null));
}
