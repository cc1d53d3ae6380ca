import { clsx } from 'clsx';
import { type Column, stackColumns, stackRange } from './stack-columns';
import { roundTicks } from './ticks';

export type Series = { name: string; tone: SeriesTone };
export type SeriesTone = keyof typeof tones;

const tones = {
  copper: { fill: 'fill-copper', mark: 'bg-copper' },
  verdigris: { fill: 'fill-verdigris', mark: 'bg-verdigris' },
  ink: { fill: 'fill-ink', mark: 'bg-ink' },
  faint: { fill: 'fill-ink-faint', mark: 'bg-ink-faint' },
  rule: { fill: 'fill-rule-strong', mark: 'bg-rule-strong' },
  madder: { fill: 'fill-madder', mark: 'bg-madder' },
} as const;

type ColumnsChartProps = {
  /** What the chart says, for who does not see it; the figures themselves belong in a table beside it. */
  summary: string;
  columns: Column[];
  series: Series[];
  format: (value: number) => string;
};

/** Stacked columns. Drawn on the server; the text is HTML, so that it is as large on a phone as elsewhere. */
export function ColumnsChart({ summary, columns, series, format }: ColumnsChartProps) {
  const range = stackRange(columns);
  const ticks = roundTicks(range.low, range.high);
  const bounds = { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 };
  const height = (value: number) => `${((bounds.high - value) / (bounds.high - bounds.low)) * 100}%`;
  return (
    <div role="img" aria-label={summary} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 text-2xs text-ink-faint">
      <div className="relative h-56 min-w-10" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} className="absolute right-0 -translate-y-1/2 tabular-nums" style={{ top: height(tick) }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <div className="relative h-56">
        {ticks.map((tick) => (
          <span
            key={tick}
            className={clsx('absolute inset-x-0 border-t', tick === 0 ? 'border-rule-strong' : 'border-rule')}
            style={{ top: height(tick) }}
          />
        ))}
        <Pieces columns={columns} series={series} bounds={bounds} format={format} />
      </div>
      <TimeAxis columns={columns} />
    </div>
  );
}

type PiecesProps = { columns: Column[]; series: Series[]; bounds: { low: number; high: number }; format: (value: number) => string };

function Pieces({ columns, series, bounds, format }: PiecesProps) {
  const { pieces } = stackColumns(columns, bounds);
  const slot = 100 / Math.max(1, columns.length);
  return (
    <svg className="absolute inset-0 size-full" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {pieces.map(({ key, series: of, ...box }) => (
        <rect
          key={key}
          {...box}
          className={clsx(tones[series[of]?.tone ?? 'faint'].fill, 'stroke-paper')}
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {columns.map(({ key, label, values }, i) => (
        <rect key={key} x={i * slot} y={0} width={slot} height={100} className="fill-transparent hover:fill-current/5">
          <title>{`${label}: ${format(values.reduce((a, b) => a + b, 0))}`}</title>
        </rect>
      ))}
    </svg>
  );
}

/** The first, the middle and the last column by name: more would touch each other on a phone. */
function TimeAxis({ columns }: { columns: Column[] }) {
  const named = [columns[0], columns[Math.floor((columns.length - 1) / 2)], columns.at(-1)];
  return (
    <div className="col-start-2 flex justify-between" aria-hidden="true">
      {named.map((column, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three fixed places, and a short chart has the same column in two of them
        <span key={i}>{column?.label}</span>
      ))}
    </div>
  );
}

/** What each colour stands for, in the order of the stack. */
export function ChartLegend({ series }: { series: Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-soft">
      {series.map(({ name, tone }) => (
        <li key={name} className="inline-flex items-center gap-2">
          <span aria-hidden="true" className={clsx('size-2.5', tones[tone].mark)} />
          {name}
        </li>
      ))}
    </ul>
  );
}
