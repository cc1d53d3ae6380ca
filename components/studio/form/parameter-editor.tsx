import { useId } from 'react';
import { describedBy, Field } from '../../ui/field';
import { Icon } from '../../ui/icon';
import { Select } from '../../ui/select';
import { TextField } from '../text-field';
import { emptyRow, NEEDED, type ParameterRow, type RowKind, rowKinds } from './parameter-rows';
import { atField, type Problems } from './problems';

type Props = { row: ParameterRow; place: number; onChange(row: ParameterRow): void; onRemove(): void; problems: Problems };

/** Where a start is one of two. */
function choiceOf(kind: RowKind): Record<string, string> | null {
  if (kind === 'boolean') return { false: 'No', true: 'Yes' };
  return kind === 'picture' ? { '': 'No, it may be left out', [NEEDED]: 'Yes, with every run' } : null;
}

/** One parameter: how it is called, what it may be, and where it starts. */
export function ParameterEditor({ row, place, onChange, onRemove, problems }: Props) {
  const kindId = useId();
  const text = (field: 'name' | 'title' | 'default' | 'min' | 'max' | 'step' | 'choices') => ({
    value: row[field],
    onValueChange: (value: string) => onChange({ ...row, [field]: value }),
    error: atField(problems, `parameters.${row.id}.${field}`),
  });
  const changeKind = (kind: RowKind) => {
    const { default: start, min, max } = emptyRow(kind);
    onChange({ ...row, kind, default: start, min, max });
  };
  const kindProblem = atField(problems, `parameters.${row.id}.kind`);
  const numeric = { inputMode: 'numeric' } as const;
  return (
    <fieldset className="grid grid-cols-2 items-start gap-x-4 gap-y-3 border-t border-rule pt-4 sm:grid-cols-3">
      <legend className="sr-only">Parameter {row.title || place + 1}</legend>
      <TextField label="Shown as" className="max-sm:col-span-2" {...text('title')} />
      <TextField label="Sent as" mono className="max-sm:col-span-2" {...text('name')} />
      <Field id={kindId} label="Kind" error={kindProblem} className="max-sm:col-span-2">
        <Select
          id={kindId}
          aria-describedby={describedBy(kindId, { error: kindProblem })}
          value={row.kind}
          onChange={(event) => changeKind(event.target.value as RowKind)}
        >
          {Object.entries(rowKinds).map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {row.kind === 'integer' && (
        <>
          <TextField label="Least" {...numeric} {...text('min')} />
          <TextField label="Most" {...numeric} {...text('max')} />
          <TextField label="In steps of" {...numeric} {...text('step')} />
        </>
      )}
      {row.kind === 'choice' && <TextField label="Choices, with commas between" className="col-span-2" {...text('choices')} />}
      {choiceOf(row.kind) ? (
        <Field id={`${kindId}-start`} label={row.kind === 'picture' ? 'Needed' : 'Starts at'}>
          <Select id={`${kindId}-start`} value={row.default} onChange={(event) => onChange({ ...row, default: event.target.value })}>
            {Object.entries(choiceOf(row.kind) ?? {}).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <TextField label="Starts at" {...text('default')} />
      )}
      <button
        type="button"
        onClick={onRemove}
        className="col-start-2 inline-flex min-h-11 items-center gap-2 self-end justify-self-end text-xs text-ink-soft hover:text-madder sm:col-start-3"
      >
        <Icon name="trash" className="size-4" />
        Remove<span className="sr-only"> {row.title || `parameter ${place + 1}`}</span>
      </button>
    </fieldset>
  );
}
