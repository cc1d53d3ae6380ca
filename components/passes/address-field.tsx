import { describedBy, Field } from '../ui/field';
import { Input } from '../ui/input';

type Props = { id: string; label: string; hint?: string; value: string; onChange(value: string): void };

export const isAddress = (text: string): text is `0x${string}` => /^0x[0-9a-fA-F]{40}$/.test(text.trim());

/** An address that somebody types or pastes. What is no address is said once there is something. */
export function AddressField({ id, label, hint, value, onChange }: Props) {
  const error = value.trim() !== '' && !isAddress(value) ? 'An address is 0x and 40 digits from 0 to f.' : null;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <Input
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        placeholder="0x…"
        className="font-mono"
        aria-invalid={error !== null || undefined}
        aria-describedby={describedBy(id, { hint, error })}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
