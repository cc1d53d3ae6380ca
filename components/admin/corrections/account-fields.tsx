'use client';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { accountNames, gweiKinds, type NamedKind, namedKinds } from '@/lib/corrections/account-names';
import { type AccountDraft, isOfHouse } from './account-draft';

const subHints: Partial<Record<NamedKind, string>> = {
  collector_purchased: 'The purchase, as its receipt names it; empty for new credits.',
  collector_onchain: 'The deposit, as its receipt names it; empty for new credits.',
  collector_bonus: 'The bonus; empty for new credits.',
  creator_pending: 'The day: 2026-11-30.',
  dispute_reserve: 'The purchase.',
  pass_runs: 'The period, counted from 0; empty for new runs, which can be had for 30 days.',
  write_off: 'The id of the collector whose debt it was; empty for all other losses.',
};

/** Names an account of the books. */
export function AccountFields({ legend, value, onChange }: { legend: string; value: AccountDraft; onChange(value: AccountDraft): void }) {
  const id = useId();
  const { kind } = value;
  const subHint = kind === 'number' ? undefined : subHints[kind];
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-2 font-medium">{legend}</legend>
      <Field id={`${id}kind`} label="Account">
        <Select id={`${id}kind`} value={kind} onChange={(event) => onChange({ ...value, kind: event.target.value as AccountDraft['kind'] })}>
          {namedKinds.map((name) => (
            <option key={name} value={name}>
              {accountNames[name]}
              {gweiKinds.includes(name) ? ' (gwei)' : ''}
            </option>
          ))}
          <option value="number">By its number</option>
        </Select>
      </Field>
      {kind === 'number' && (
        <Field id={`${id}id`} label="Number" hint="As a finding or a list names it; streams are below zero.">
          <Input
            id={`${id}id`}
            value={value.id}
            aria-describedby={`${id}id-hint`}
            onChange={(event) => onChange({ ...value, id: event.target.value })}
          />
        </Field>
      )}
      {kind !== 'number' && !isOfHouse(kind) && (
        <Field
          id={`${id}owner`}
          label="Whose"
          hint={kind === 'pass_runs' ? 'The pass: chain, collection and number, as its page names it.' : 'An address, or the id of the account.'}
        >
          <Input
            id={`${id}owner`}
            value={value.owner}
            aria-describedby={`${id}owner-hint`}
            onChange={(event) => onChange({ ...value, owner: event.target.value })}
          />
        </Field>
      )}
      {subHint && (
        <Field id={`${id}sub`} label="Of what" hint={subHint}>
          <Input
            id={`${id}sub`}
            value={value.sub}
            aria-describedby={`${id}sub-hint`}
            onChange={(event) => onChange({ ...value, sub: event.target.value })}
          />
        </Field>
      )}
    </fieldset>
  );
}
