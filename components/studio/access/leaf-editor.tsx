import { useId } from 'react';
import { Choice } from '../../ui/choice';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { TextField } from '../text-field';
import type { Chains, Choices } from './group-editor';
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

function HoldingLeaf({ leaf, onChange, choices: { chains } }: Props<Extract<Leaf, { kind: 'holding' }>>) {
  const name = useId();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <ChainField chainId={leaf.chainId} chains={chains} onChange={(chainId) => onChange({ ...leaf, chainId })} />
      <TextField
        className="sm:col-span-2"
        hint={chains.length === 1 && leaf.chainId === chains[0].chainId ? `On ${chains[0].name}` : undefined}
        label="Another token: its contract"
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

/** On which chain; not asked where there is one. */
function ChainField({ chainId, chains, onChange }: { chainId: number; chains: Chains; onChange(chainId: number): void }) {
  const id = useId();
  const isKnown = chains.some((chain) => chain.chainId === chainId);
  if (chains.length === 1 && isKnown) return null;
  return (
    <Field
      id={id}
      label="On which chain"
      error={isKnown ? null : 'This chain is not read here any more, so nobody holds anything there.'}
      className="sm:col-span-2"
    >
      <Select id={id} value={chainId} onChange={(event) => onChange(Number(event.target.value))}>
        {!isKnown && <option value={chainId}>Chain {chainId}</option>}
        {chains.map((chain) => (
          <option key={chain.chainId} value={chain.chainId}>
            {chain.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
