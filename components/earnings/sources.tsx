import { ChartLegend, ColumnsChart } from '@/components/charts/columns-chart';
import { credits, day, plural } from '@/components/format';
import { Disclosure } from '@/components/ui/disclosure';
import { formatCredits } from '@/lib/money';
import type { EarningsSourceDto } from '@/lib/payouts/schema';
import { chartSources } from './chart-sources';

type Span = { fromDay: string; toDay: string };

/** Earnings by source over a span of days: drawn, and as a table. */
export function EarningsSources({ sources, span }: { sources: EarningsSourceDto[]; span: Span }) {
  const { columns, series } = chartSources(sources, span);
  const total = sources.reduce((sum, source) => sum + BigInt(source.millicredits), 0n);
  const summary = `Earnings a day from ${day(span.fromDay)} to ${day(span.toDay)}: ${credits(total)} in all. The table below has the figures.`;
  return (
    <div className="grid gap-5">
      <ColumnsChart
        summary={summary}
        columns={columns}
        series={series}
        format={(value) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 })}
      />
      <ChartLegend series={series} />
      <p className="text-sm text-ink-soft">
        <span className="tabular-nums text-ink">{formatCredits(total)}</span> credits from {day(span.fromDay)} to {day(span.toDay)}.
      </p>
      <Disclosure summary="The figures as a table">
        <SourcesTable sources={sources} />
      </Disclosure>
    </div>
  );
}

/** What a line is called. */
export function sourceName({ kind, modelName }: Pick<EarningsSourceDto, 'kind' | 'modelName'>): string {
  const model = modelName ?? 'a model';
  if (kind === 'run') return `Runs of ${model}`;
  if (kind === 'share') return `Share of ${model}, a derivative`;
  return { refund: 'Refunds', dispute: 'Disputes', correction: 'Corrections' }[kind];
}

function SourcesTable({ sources }: { sources: EarningsSourceDto[] }) {
  if (sources.length === 0) return <p>Nothing in these days.</p>;
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Earnings by day and source, newest first</caption>
      <thead>
        <tr className="border-b border-rule text-left text-xs text-ink-faint">
          <th scope="col" className="py-2 pr-4 font-normal">
            Day
          </th>
          <th scope="col" className="py-2 pr-4 font-normal">
            Source
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Credits
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.toReversed().map((source) => (
          <tr key={`${source.day} ${source.kind} ${source.modelSlug}`} className="border-b border-rule align-baseline">
            <td className="py-2 pr-4 whitespace-nowrap">{day(source.day)}</td>
            <td className="py-2 pr-4">
              {sourceName(source)}
              {source.runs > 0 && <span className="block text-xs text-ink-faint">{plural('run', source.runs)}</span>}
            </td>
            <td className="py-2 text-right tabular-nums">{formatCredits(BigInt(source.millicredits))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
