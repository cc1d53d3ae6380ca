import { MAX_VARIATIONS } from '@/lib/generations/limits';
import { priceOrder, termsOf } from '@/lib/models/price-order';
import type { ParameterSchema } from '@/lib/models/schema';
import { priceInput } from '@/lib/studio/schema';
import { credits } from '../../format';
import { fitParams } from '../../playground/settings';
import type { PriceDraft } from './draft';
import { priceInputOf } from './to-input';

type Props = { price: PriceDraft; schema: ParameterSchema };

/** What an order costs with the parameters as they start, by the formula that quotes use. */
export function PriceExample({ price, schema }: Props) {
  const read = priceInput.safeParse(priceInputOf(price));
  return (
    <section aria-labelledby="example-heading" aria-live="polite" className="grid gap-4 border border-rule bg-sheet p-5 lg:sticky lg:top-24">
      <h3 id="example-heading" className="text-sm text-ink-faint">
        What collectors pay
      </h3>
      {read.success ? (
        [1, MAX_VARIATIONS].map((count) => {
          const { lines, totalMillicredits } = priceOrder(termsOf(read.data), fitParams(schema), { count, freeRuns: 0 });
          return (
            <dl key={count} className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 border-t border-rule pt-3 text-xs text-ink-soft">
              <dt className="text-sm text-ink">{count === 1 ? 'One picture' : `${count} pictures`}</dt>
              <dd className="text-right text-sm text-ink tabular-nums">{credits(totalMillicredits)}</dd>
              {lines.map(({ label, millicredits }) => (
                <div key={label} className="contents">
                  <dt>{label}</dt>
                  <dd className="text-right tabular-nums">{credits(millicredits)}</dd>
                </div>
              ))}
            </dl>
          );
        })
      ) : (
        <p className="text-sm text-ink-soft">Shown once all amounts can be read.</p>
      )}
      <p className="text-xs text-ink-faint">With your parameters as they start. 1 credit is US$0.01. Taken only when a picture is delivered.</p>
    </section>
  );
}
