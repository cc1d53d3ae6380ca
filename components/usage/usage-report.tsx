import type { Route } from 'next';
import Link from 'next/link';
import { ChartLegend, ColumnsChart } from '@/components/charts/columns-chart';
import { USAGE_SPANS, type UsageDto, type UsageSpan } from '@/lib/gateway/usage/schema';
import { plural } from '../format';
import { usageCharts } from './usage-charts';
import { UsageTable } from './usage-table';

/** Usage over a span: drawn, as tables, and as a file. Null: there is too much of it to count at once. */
export function UsageReport({ usage, span, here }: { usage: UsageDto | null; span: UsageSpan; here: string }) {
  return (
    <div className="grid gap-12">
      <nav aria-label="Span of time" className="flex items-baseline gap-4 text-sm">
        {USAGE_SPANS.map((days) => (
          <Link
            key={days}
            href={`${here}?days=${days}` as Route}
            aria-current={days === span.days ? 'true' : undefined}
            className="text-ink-soft hover:text-ink aria-[current=true]:text-ink aria-[current=true]:underline"
          >
            {days === 1 ? '24 hours' : `${days} days`}
          </Link>
        ))}
        <a href={`${here}/export?days=${span.days}`} className="text-link">
          CSV
        </a>
      </nav>
      {usage === null ? (
        <p className="text-ink-soft">These are more calls than can be counted at once. Choose a shorter time.</p>
      ) : usage.total.calls + usage.total.runs === 0 ? (
        <p className="text-ink-soft">Nothing in this time. Each call and each run will stand here a second later.</p>
      ) : (
        <Figures usage={usage} />
      )}
    </div>
  );
}

function Figures({ usage }: { usage: UsageDto }) {
  const { span, total, byKey, byModel, byDoor, buckets, errors } = usage;
  return (
    <>
      <div className="grid gap-x-16 gap-y-12 lg:grid-cols-2">
        {usageCharts(usage).map(({ id, title, series, columns, unit }) => (
          <section key={id} aria-labelledby={id} className="grid content-start gap-4">
            <h2 id={id} className="font-display text-xl">
              {title}
            </h2>
            <ColumnsChart
              summary={`${title} by the ${span.bucket}. The table below has the figures.`}
              columns={columns}
              series={series}
              format={unit}
            />
            <ChartLegend series={series} />
          </section>
        ))}
      </div>
      <UsageTable title="In all" groups={[{ ...total, id: 'total', name: 'In all' }]} />
      <UsageTable title="By key" groups={byKey} />
      <UsageTable title="By model" groups={byModel} />
      <UsageTable title="By door" groups={byDoor} />
      <Errors errors={errors} />
      <UsageTable title={`By the ${span.bucket} (UTC)`} groups={buckets.filter(({ calls, runs }) => calls + runs > 0)} folded />
    </>
  );
}

function Errors({ errors }: Pick<UsageDto, 'errors'>) {
  if (errors.length === 0) return null;
  return (
    <section aria-labelledby="errors" className="grid gap-3">
      <h2 id="errors" className="font-display text-xl">
        Errors
      </h2>
      <ul className="flex flex-wrap gap-x-8 gap-y-2 text-sm text-ink-soft">
        {errors.map(({ code, calls }) => (
          <li key={code}>
            <Link href={`/docs/errors#${code}`} className="text-link font-mono text-xs">
              {code}
            </Link>{' '}
            {plural('call', calls)}
          </li>
        ))}
      </ul>
    </section>
  );
}
