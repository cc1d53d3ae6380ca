import { useId } from 'react';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { LeafEditor } from './leaf-editor';
import { emptyParts, type Group, type Part, withKey } from './rule-draft';

/** Where tokens can be looked for, our own first. */
export type Chains = [Chain, ...Chain[]];
type Chain = { chainId: number; name: string };
export type Choices = {
  tiers: { tierId: number; label: string; earlyAccess: boolean }[];
  lists: { id: string; name: string; count: number }[];
  chains: Chains;
};
type Props = {
  group: Group;
  onChange(group: Group): void;
  choices: Choices /** Somebody meant to keep it. */;
  tried: boolean /** The outermost is 1. */;
  depth?: number;
};

/** Groups in groups, no deeper: a rule is something that people read. */
const MOST_DEPTH = 3;
const KINDS = [
  { kind: 'pass', text: '+ A pass' },
  { kind: 'holding', text: '+ Another token' },
  { kind: 'allowlist', text: '+ A list of addresses' },
  { kind: 'group', text: '+ A group' },
] as const;

/** Conditions joined by "any" or "all", each of which may be such a group itself. */
export function GroupEditor({ group, onChange, choices, tried, depth = 1 }: Props) {
  const id = useId();
  const set = (key: string, next: Part | null) =>
    onChange({ ...group, of: group.of.flatMap((part) => (part.key === key ? (next ? [next] : []) : [part])) });
  return (
    <div className="grid gap-4">
      {group.of.length > 1 && (
        <Choice<'any' | 'all'>
          name={id}
          aria-label="How the conditions go together"
          value={group.kind}
          options={[
            { value: 'any', label: 'Any of these is enough' },
            { value: 'all', label: 'All of these are needed' },
          ]}
          onValueChange={(kind) => onChange({ ...group, kind })}
          className="justify-self-start"
        />
      )}
      <ul className="grid gap-3">
        {group.of.map((part, place) => (
          <li key={part.key} className="grid gap-3 border-l-2 border-rule-strong pl-4">
            {'of' in part ? (
              <GroupEditor
                group={part}
                onChange={(next) => set(part.key, { ...next, key: part.key })}
                choices={choices}
                tried={tried}
                depth={depth + 1}
              />
            ) : (
              <LeafEditor leaf={part} onChange={(next) => set(part.key, { ...next, key: part.key })} choices={choices} tried={tried} />
            )}
            <div>
              <Button
                size="small"
                variant="quiet"
                aria-label={`Remove ${'of' in part ? 'the group' : 'condition'} ${place + 1}`}
                onClick={() => set(part.key, null)}
              >
                {'of' in part ? 'Remove the group' : 'Remove'}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {KINDS.filter(({ kind }) => kind !== 'group' || depth < MOST_DEPTH).map(({ kind, text }) => (
          <Button
            key={kind}
            size="small"
            variant="outline"
            onClick={() => onChange({ ...group, of: [...group.of, withKey(emptyParts[kind](choices.chains[0].chainId))] })}
          >
            {text}
          </Button>
        ))}
      </div>
    </div>
  );
}
