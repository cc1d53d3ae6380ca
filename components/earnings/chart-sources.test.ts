import { expect, test } from 'vitest';
import type { EarningsSourceDto } from '@/lib/payouts/schema';
import { chartSources, daysBetween } from './chart-sources';

const source = (day: string, kind: EarningsSourceDto['kind'], slug: string | null, credits: number): EarningsSourceDto => ({
  day,
  kind,
  modelSlug: slug,
  modelName: slug?.toUpperCase() ?? null,
  millicredits: String(credits * 1000),
  runs: 1,
});
const span = { fromDay: '2026-02-27', toDay: '2026-03-02' };

test('every day of the span has a column, also those that brought nothing', () => {
  expect(daysBetween('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
  const { columns, series } = chartSources([], span);
  expect(columns.map(({ values }) => values)).toEqual([[], [], [], []]);
  expect(series).toEqual([]);
});

test('three models have a name, the rest are together, and what was taken back is last and below zero', () => {
  const sources = [
    ...['a', 'b', 'c', 'd', 'e'].map((slug, i) => source('2026-02-28', 'run', slug, 10 * (i + 1))),
    source('2026-02-28', 'share', 'z', 7),
    source('2026-02-28', 'refund', null, -3),
    source('2026-02-28', 'dispute', null, -4),
  ];
  const { columns, series } = chartSources(sources, span);
  expect(series.map(({ name }) => name)).toEqual(['E', 'D', 'C', 'Other models', 'Shares of derivatives', 'Refunds and disputes']);
  expect(columns[1]?.values).toEqual([50, 40, 30, 30, 7, -7]);
  expect(new Set(series.map(({ tone }) => tone)).size).toBe(6);
});
