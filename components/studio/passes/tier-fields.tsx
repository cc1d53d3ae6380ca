import { atField, type Problems } from '../form/problems';
import { TextField } from '../text-field';
import type { TierDraft } from './tier-draft';

type Props = { tier: TierDraft; onChange(part: Partial<TierDraft>): void; problems: Problems };

/** What the contract keeps of a tier. Of all this only the price, whether it is for sale, and the supply (downwards) change later. */
export function TierFields({ tier, onChange, problems }: Props) {
  const text = (field: 'label' | 'price' | 'days' | 'refundDays' | 'cap', path: string) => ({
    value: tier[field],
    onValueChange: (value: string) => onChange({ [field]: value }),
    error: atField(problems, path),
  });
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <TextField label="Name of the tier" maxLength={64} hint="Stands in each pass for good" {...text('label', 'label')} />
      <TextField label="Price" inputMode="decimal" hint="ETH, of a pass and of each renewal" {...text('price', 'priceWei')} />
      <TextField label="It is good for" inputMode="decimal" hint="Days; empty: it never expires" {...text('days', 'durationSeconds')} />
      <TextField label="Supply" inputMode="numeric" hint="Most passes; only goes down later" {...text('cap', 'cap')} />
      <TextField
        label="Can be given back within"
        inputMode="decimal"
        hint="Days, up to 14, if no run was used; empty: never. The money stays in the contract until then."
        {...text('refundDays', 'refundWindowSeconds')}
      />
      <label className="flex min-h-8 items-center gap-3 text-sm sm:pt-8">
        <input
          type="checkbox"
          checked={tier.transferable}
          onChange={() => onChange({ transferable: !tier.transferable })}
          className="size-4 accent-(--ink)"
        />
        Can be given away and sold
      </label>
    </div>
  );
}
