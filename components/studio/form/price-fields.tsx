import { Button } from '../../ui/button';
import { TextField } from '../text-field';
import type { PriceDraft } from './draft';
import { atField, type Problems } from './problems';

type Props = { price: PriceDraft; onChange(price: PriceDraft): void; problems: Problems };

/** What a run costs, in its parts, and what a mint costs. */
export function PriceFields({ price, onChange, problems }: Props) {
  const text = (field: Exclude<keyof PriceDraft, 'discounts'>, path: string) => ({
    value: price[field],
    onValueChange: (value: string) => onChange({ ...price, [field]: value }),
    error: atField(problems, `price.${path}`),
    inputMode: 'decimal' as const,
  });
  return (
    <div className="grid gap-6">
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-5">
        <TextField label="For each picture" hint="Credits" {...text('perImage', 'perImageMillicredits')} />
        <TextField label="To start an order" hint="Credits, once" {...text('base', 'baseMillicredits')} />
        <TextField label="For each megapixel" hint="Credits, by width and height" {...text('perMegapixel', 'perMegapixelMillicredits')} />
        <TextField label="For each step" hint="Credits, by “steps”" {...text('perStep', 'perStepMillicredits')} />
        <TextField label="Free runs" hint="For each person" {...text('trialRuns', 'trialRuns')} />
        <TextField label="To mint a work" hint="ETH, paid to you by its minter" {...text('mintPrice', 'mintPriceWei')} />
      </div>
      <Discounts price={price} onChange={onChange} problems={problems} />
    </div>
  );
}

const MOST_DISCOUNTS = 5;

function Discounts({ price, onChange, problems }: Props) {
  const { discounts } = price;
  const set = (next: PriceDraft['discounts']) => onChange({ ...price, discounts: next });
  const change = (id: string, part: Partial<PriceDraft['discounts'][number]>) =>
    set(discounts.map((discount) => (discount.id === id ? { ...discount, ...part } : discount)));
  return (
    <div className="grid justify-items-start gap-3">
      {discounts.map(({ id, from, percent }, place) => (
        <fieldset key={id} className="grid w-full grid-cols-[1fr_1fr_auto] items-start gap-4">
          <legend className="sr-only">Discount {place + 1}</legend>
          <TextField
            label="From so many"
            inputMode="numeric"
            value={from}
            onValueChange={(value) => change(id, { from: value })}
            error={atField(problems, `price.discounts.${place}.from`)}
          />
          <TextField
            label="Percent off"
            inputMode="decimal"
            value={percent}
            onValueChange={(value) => change(id, { percent: value })}
            error={atField(problems, `price.discounts.${place}.bps`)}
          />
          <Button size="small" variant="quiet" className="mt-8" onClick={() => set(discounts.filter((discount) => discount.id !== id))}>
            Remove<span className="sr-only"> discount {place + 1}</span>
          </Button>
        </fieldset>
      ))}
      {discounts.length < MOST_DISCOUNTS && (
        <Button size="small" variant="outline" onClick={() => set([...discounts, { id: crypto.randomUUID(), from: '4', percent: '10' }])}>
          + A discount for several
        </Button>
      )}
    </div>
  );
}
