import type { UsageDto, UsageGroup, UsageSpan } from '@/lib/gateway/usage/schema';
import type { Series } from '../charts/columns-chart';
import type { Column } from '../charts/stack-columns';
import { day, moment } from '../format';

export type UsageChart = { id: string; title: string; series: Series[]; columns: Column[]; unit: (value: number) => string };

const number = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 });
const bucketName = ({ bucket }: UsageSpan, at: string) => (bucket === 'hour' ? moment(at) : day(at));

/** What is drawn of usage: runs, what they cost, calls, and how long those took. */
export function usageCharts({ span, buckets }: UsageDto): UsageChart[] {
  const columns = (values: (group: UsageGroup) => number[]) =>
    buckets.map((group) => ({ key: group.id, label: bucketName(span, group.id), values: values(group) }));
  return [
    {
      ...{ id: 'runs', title: 'Runs', unit: number, columns: columns(({ runs, delivered }) => [delivered, runs - delivered]) },
      series: [
        { name: 'Delivered', tone: 'copper' },
        { name: 'Not delivered, or not yet', tone: 'rule' },
      ],
    },
    {
      ...{ id: 'spend', title: 'Credits paid', unit: number, columns: columns(({ millicredits }) => [Number(millicredits) / 1000]) },
      series: [{ name: 'Credits', tone: 'verdigris' }],
    },
    {
      ...{ id: 'calls', title: 'Calls', unit: number, columns: columns(({ calls, errors }) => [calls - errors, errors]) },
      series: [
        { name: 'Answered', tone: 'ink' },
        { name: 'Errors', tone: 'madder' },
      ],
    },
    {
      ...{ id: 'latency', title: 'How long calls took', unit: (ms) => `${number(ms)} ms` },
      columns: columns(({ p50Ms, p95Ms }) => [p50Ms ?? 0, (p95Ms ?? 0) - (p50Ms ?? 0)]),
      series: [
        { name: 'Half of them (p50)', tone: 'ink' },
        { name: '95 of a hundred (p95)', tone: 'faint' },
      ],
    },
  ];
}
