import type { QuoteDto } from '@/lib/generations/schema';
import { priceOrder, termsOf } from '@/lib/models/price-order';
import type { ModelDto, ParameterValues } from '@/lib/models/schema';
import { credits, moment, plural } from '../format';

type PriceLineProps = {
  version: ModelDto['version'];
  params: ParameterValues;
  count: number;
  /** The server's answer; until it is in, the same formula is worked out here. */
  quote: QuoteDto | null;
};

/** What Generate will cost, and, opened, how that comes about. */
export function PriceLine({ version, params, count, quote }: PriceLineProps) {
  if (version.publishedAt === null)
    return (
      <p className="font-display text-xl leading-tight" data-testid="price">
        Free: a draft
      </p>
    );
  // Whether free runs are left only the server knows.
  const local = priceOrder(termsOf(version.price), params, { count, freeRuns: 0 });
  const total = quote ? quote.totalMillicredits : local.totalMillicredits;
  const lines = quote ? quote.breakdown : local.lines;
  return (
    <details className="group min-w-0">
      <summary className="grid min-h-6 content-center">
        <span className="font-display text-xl leading-tight tabular-nums" data-testid="price">
          {credits(total)}
        </span>
        <span className="text-xs text-ink-faint underline decoration-rule-strong underline-offset-4 group-hover:text-ink">
          <span className="group-open:hidden">How it adds up</span>
          <span className="hidden group-open:inline">Close</span>
        </span>
      </summary>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 pt-3 text-xs text-ink-soft">
        {lines.map((line) => (
          <div key={line.label} className="contents">
            <dt>{line.label}</dt>
            <dd className="text-right tabular-nums">{credits(line.millicredits)}</dd>
          </div>
        ))}
      </dl>
      {quote?.pass && (
        <p className="max-w-80 pt-2 text-xs text-ink-soft">
          {quote.pass.tierLabel} pays {plural('run', quote.pass.runs)} of {quote.pass.left.toLocaleString('en-GB')} left until{' '}
          {moment(quote.pass.periodEndsAt)}.
        </p>
      )}
      <p className="max-w-80 pt-2 text-xs text-ink-faint">
        Set aside when you start, taken only when a work is delivered, given back by itself if it is not. 1 credit is US$0.01.
      </p>
    </details>
  );
}
