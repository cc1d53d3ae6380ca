import { atField, type Problems } from '../form/problems';
import { TextField } from '../text-field';
import type { BoundsDraft } from './bounds';

type Props = { bounds: BoundsDraft; onChange(bounds: BoundsDraft): void; problems: Problems };

/** What the collection will allow of this version: written on-chain with its key. */
export function BoundsFields({ bounds, onChange, problems }: Props) {
  const text = (field: keyof BoundsDraft, path: string) => ({
    value: bounds[field],
    onValueChange: (value: string) => onChange({ ...bounds, [field]: value }),
    error: atField(problems, path),
  });
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <TextField label="Most works that can be minted" inputMode="numeric" {...text('cap', 'capTokens')} />
      <TextField label="Least price of a mint" inputMode="decimal" hint="ETH; empty for none" {...text('floorPrice', 'floorPriceWei')} />
      <TextField label="Minting opens" type="datetime-local" hint="Empty: at once" {...text('opensAt', 'opensAt')} />
      <TextField label="Minting closes" type="datetime-local" hint="Empty: never" {...text('closesAt', 'closesAt')} />
    </div>
  );
}
