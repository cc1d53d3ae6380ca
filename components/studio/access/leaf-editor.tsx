import { useId } from 'react';
import { Choice } from '../../ui/choice';
import { describedBy, Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { TextField } from '../text-field';
import type { Chains, Choices } from './group-editor';
import { addressCount } from './paste';
import { type Leaf, type LeafField, wrongInLeaf } from './rule-draft';

type Props<L extends Leaf> = { leaf: L; onChange(leaf: Leaf): void; choices: Choices };
type Marked<L extends Leaf> = Props<L> & { wrong: Partial<Record<LeafField, string>> };

/** One condition. What is not whole is marked once somebody tried to keep it, and what cannot be as soon as it is typed. */
export function LeafEditor({ leaf, tried, ...props }: Props<Leaf> & { tried: boolean }) {
  if (leaf.kind === 'pass') return <PassLeaf leaf={leaf} {...props} />;
  const typed = Object.entries(wrongInLeaf(leaf)).filter(([field]) => tried || String(leaf[field as keyof typeof leaf] ?? '').trim());
  const wrong: Marked<Leaf>['wrong'] = Object.fromEntries(typed);
  return leaf.kind === 'allowlist' ? <ListLeaf leaf={leaf} wrong={wrong} {...props} /> : <HoldingLeaf leaf={leaf} wrong={wrong} {...props} />;
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

function ListLeaf({ leaf, onChange, choices: { lists }, wrong: { id: error } }: Marked<Extract<Leaf, { kind: 'allowlist' }>>) {
  const id = useId();
  const hint = lists.length === 0 ? 'You have no list yet. Make one below.' : undefined;
  return (
    <Field id={id} label="On a list of yours" hint={hint} error={error}>
      <Select
        id={id}
        value={leaf.id}
        aria-invalid={Boolean(error) || undefined}
        aria-describedby={describedBy(id, { hint, error })}
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

function HoldingLeaf({ leaf, onChange, choices: { chains }, wrong }: Marked<Extract<Leaf, { kind: 'holding' }>>) {
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
        error={wrong.contract}
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
        error={wrong.tokenId}
      />
      <TextField
        label="At least how many"
        inputMode="numeric"
        value={leaf.minimum}
        onValueChange={(minimum) => onChange({ ...leaf, minimum })}
        error={wrong.minimum}
      />
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
