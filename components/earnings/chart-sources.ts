import type { Series } from '@/components/charts/columns-chart';
import type { Column } from '@/components/charts/stack-columns';
import { day as dayName } from '@/components/format';
import type { EarningsSourceDto } from '@/lib/payouts/schema';

const MODELS_NAMED = 3;
const MODEL_TONES = ['copper', 'verdigris', 'ink'] as const;
const DAY_MS = 24 * 3600_000;

/** Every UTC day from the first to the last, as YYYY-MM-DD. */
export function daysBetween(fromDay: string, toDay: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(fromDay); at <= Date.parse(toDay); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** The best-earning models each in a colour of their own, the rest together, then shares of derivatives and what was taken back. */
export function chartSources(sources: EarningsSourceDto[], span: { fromDay: string; toDay: string }): { columns: Column[]; series: Series[] } {
  const named = bestModels(sources);
  const groups = [
    ...named.map((slug, i) => ({
      name: sources.find((s) => s.modelSlug === slug)?.modelName ?? slug,
      tone: MODEL_TONES[i] ?? MODEL_TONES[0],
      holds: (s: EarningsSourceDto) => s.kind === 'run' && s.modelSlug === slug,
    })),
    { name: 'Other models', tone: 'faint' as const, holds: (s: EarningsSourceDto) => s.kind === 'run' && !named.includes(s.modelSlug ?? '') },
    { name: 'Shares of derivatives', tone: 'rule' as const, holds: (s: EarningsSourceDto) => s.kind === 'share' },
    { name: 'Refunds and disputes', tone: 'madder' as const, holds: (s: EarningsSourceDto) => s.kind !== 'run' && s.kind !== 'share' },
  ].filter(({ holds }) => sources.some(holds));
  const columns = daysBetween(span.fromDay, span.toDay).map((day) => ({
    key: day,
    label: dayName(day),
    values: groups.map(({ holds }) => inCredits(sources.filter((s) => s.day === day && holds(s)))),
  }));
  return { columns, series: groups.map(({ name, tone }) => ({ name, tone })) };
}

function bestModels(sources: EarningsSourceDto[]): string[] {
  const sums = new Map<string, bigint>();
  for (const { kind, modelSlug, millicredits } of sources) {
    if (kind === 'run' && modelSlug) sums.set(modelSlug, (sums.get(modelSlug) ?? 0n) + BigInt(millicredits));
  }
  return [...sums.entries()]
    .sort(([a, x], [b, y]) => (x === y ? a.localeCompare(b) : x > y ? -1 : 1))
    .slice(0, MODELS_NAMED)
    .map(([slug]) => slug);
}

/** For drawing only: a chart has no use for exact thousandths beyond 2^53. */
const inCredits = (sources: EarningsSourceDto[]) => Number(sources.reduce((sum, s) => sum + BigInt(s.millicredits), 0n)) / 1000;
