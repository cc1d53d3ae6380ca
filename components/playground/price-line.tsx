import type { QuoteDto } from '@/lib/generations/schema';
import { priceRun } from '@/lib/models/price-run';
import type { ModelDto, ParameterValues } from '@/lib/models/schema';
import { credits } from '../format';
import { Disclosure } from '../ui/disclosure';

type PriceLineProps = {
  version: ModelDto['version'];
  params: ParameterValues;
  count: number;
  /** The server's answer; until it is in, the same formula is worked out here. */
  quote: QuoteDto | null;
};

/** What Generate will cost, and how that comes about. */
export function PriceLine({ version, params, count, quote }: PriceLineProps) {
  const terms = { baseMillicredits: BigInt(version.basePriceMillicredits), perMegapixelMillicredits: BigInt(version.perMegapixelMillicredits) };
  const local = priceRun(terms, params);
  const total = quote ? quote.totalMillicredits : local.totalMillicredits * BigInt(count);
  const lines = quote ? quote.breakdown : local.lines;
  return (
    <div>
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-sm text-ink-soft">Price</span>
        <span className="font-display text-xl tabular-nums">{credits(total)}</span>
      </p>
      <Disclosure summary="How it adds up">
        <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 text-xs">
          {lines.map((line) => (
            <div key={line.label} className="contents">
              <dt>{line.label}</dt>
              <dd className="text-right tabular-nums">{credits(line.millicredits)}</dd>
            </div>
          ))}
          {count > 1 && (
            <div className="contents">
              <dt>Variations</dt>
              <dd className="text-right tabular-nums">× {count}</dd>
            </div>
          )}
        </dl>
        <p className="pt-2 text-xs">
          Set aside when you start, taken only when a picture is delivered, and given back by itself if it is not. 1 credit is US$0.01.
        </p>
      </Disclosure>
    </div>
  );
}
