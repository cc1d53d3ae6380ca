import { useId } from 'react';
import { Choice } from '../../ui/choice';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { TextField } from '../text-field';
import type { Choices } from './group-editor';
import { addressCount } from './paste';
import type { Leaf } from './rule-draft';

type Props<L extends Leaf> = { leaf: L; onChange(leaf: Leaf): void; choices: Choices };

/** One condition. */
export function LeafEditor({ leaf, ...props }: Props<Leaf>) {
  if (leaf.kind === 'pass') return <PassLeaf leaf={leaf} {...props} />;
  return leaf.kind === 'allowlist' ? <ListLeaf leaf={leaf} {...props} /> : <HoldingLeaf leaf={leaf} {...props} />;
}

function PassLeaf({ leaf, onChange, choices: { tiers } }: Props<Extract<Leaf, { kind: 'pass' }>>) {
  const toggle = (tierId: number) =>
    onChange({ ...leaf, tiers: leaf.tiers.includes(tierId) ? leaf.tiers.filter((one) => one !== tierId) : [...leaf.tiers, tierId] });
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 text-sm">A pass of yours</legend>
      {tiers.map(({ tierId, label }) => (
        <label key={tierId} className="flex min-h-8 items-center gap-3 text-sm">
          <input type="checkbox" checked={leaf.tiers.includes(tierId)} onChange={() => toggle(tierId)} className="size-4 accent-(--ink)" />
          {label}
        </label>
      ))}
      <p className="text-xs text-ink-faint">
        {leaf.tiers.length === 0 ? 'Ticked: none. Any tier that opens this model will do.' : 'One of those that are ticked.'}
      </p>
    </fieldset>
  );
}

function ListLeaf({ leaf, onChange, choices: { lists } }: Props<Extract<Leaf, { kind: 'allowlist' }>>) {
  const id = useId();
  return (
    <Field id={id} label="On a list of yours" hint={lists.length === 0 ? 'You have no list yet. Make one below.' : undefined}>
      <Select
        id={id}
        value={leaf.id}
        aria-describedby={lists.length === 0 ? `${id}-hint` : undefined}
        onChange={(event) => onChange({ ...leaf, id: event.target.value })}
      >
        <option value="">Choose a list</option>
        {lists.map((list) => (
          <option key={list.id} value={list.id}>
            {list.name} ({addressCount(list.count)})
          </option>
        ))}
      </Select>
    </Field>
  );
}

function HoldingLeaf({ leaf, onChange, choices: { chainName } }: Props<Extract<Leaf, { kind: 'holding' }>>) {
  const name = useId();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <TextField
        className="sm:col-span-2"
        label="Another token: its contract"
        hint={`On ${chainName}`}
        mono
        placeholder="0x…"
        value={leaf.contract}
        onValueChange={(contract) => onChange({ ...leaf, contract })}
      />
      <Choice<'erc721' | 'erc1155'>
        name={name}
        aria-label="Kind of token"
        value={leaf.standard}
        options={[
          { value: 'erc721', label: 'ERC-721' },
          { value: 'erc1155', label: 'ERC-1155' },
        ]}
        onValueChange={(standard) => onChange({ ...leaf, standard })}
        className="sm:col-span-2 sm:justify-self-start"
      />
      <TextField
        label="Token number"
        inputMode="numeric"
        hint={leaf.standard === 'erc721' ? 'Empty: any token of it' : 'Needed'}
        value={leaf.tokenId}
        onValueChange={(tokenId) => onChange({ ...leaf, tokenId })}
      />
      <TextField label="At least how many" inputMode="numeric" value={leaf.minimum} onValueChange={(minimum) => onChange({ ...leaf, minimum })} />
    </div>
  );
}
