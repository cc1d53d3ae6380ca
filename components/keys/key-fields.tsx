import { describedBy, Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';
import { caps, scopes } from './read-key-form';

const capHint = 'Credits. Days and months begin at midnight UTC. A run that is not delivered gives its part back.';

export function Scopes() {
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 text-sm">It may</legend>
      {scopes.map(({ value, label, hint }) => (
        <Check key={value} name={value} label={label} hint={hint} defaultChecked />
      ))}
    </fieldset>
  );
}

export function Caps() {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1.5 text-sm">Spends at most</legend>
      <div className="grid grid-cols-3 gap-3">
        {caps.map(({ name, label }) => (
          <Field key={name} id={`key-${name}`} label={<span className="text-xs text-ink-soft">{label}</span>}>
            <Input
              id={`key-${name}`}
              name={name}
              inputMode="decimal"
              placeholder="No cap"
              autoComplete="off"
              aria-describedby="key-caps-hint"
              className="tabular-nums"
            />
          </Field>
        ))}
      </div>
      <p id="key-caps-hint" className="text-xs text-ink-faint">
        {capHint}
      </p>
    </fieldset>
  );
}

export type HeldPass = { passId: string; label: string };

/** Only for those who hold one: which pass the key comes in with. */
export function PassChoice({ passes }: { passes: HeldPass[] }) {
  if (passes.length === 0) return null;
  return (
    <Field id="key-pass" label="Pass" hint="A key bound to a pass stops when you give that pass away.">
      <Select id="key-pass" name="pass" defaultValue="" aria-describedby={describedBy('key-pass', { hint: true })}>
        <option value="">Whichever you hold that a model asks for</option>
        {passes.map(({ passId, label }) => (
          <option key={passId} value={passId}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type CheckProps = { name: string; value?: string; label: string; hint?: string; defaultChecked?: boolean };
export function Check({ label, hint, ...rest }: CheckProps) {
  return (
    <label className="flex min-h-10 cursor-pointer items-center gap-3 text-sm">
      <input type="checkbox" className="size-4 shrink-0 accent-(--ink)" {...rest} />
      <span className="grid">
        {label}
        {hint && <span className="text-xs text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
