import { useState } from 'react';
import { ParameterForm } from '../../playground/parameter-form';
import { fitParams } from '../../playground/settings';
import { Button } from '../../ui/button';
import { ParameterEditor } from './parameter-editor';
import { emptyRow, type ParameterRow } from './parameter-rows';
import { toSchema } from './parameter-schema';
import { PRESETS } from './presets';
import type { StepProps } from './step-props';

/** What a collector may set besides prompt and seed, with the form they will get beside it. */
export function StepParameters({ draft, change, problems }: StepProps) {
  const { parameters } = draft;
  const set = (rows: ParameterRow[]) => change({ parameters: rows });
  const add = (rows: ParameterRow[]) => set([...parameters, ...rows.filter(({ name }) => !name || !parameters.some((row) => row.name === name))]);
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16">
      <div className="grid gap-6">
        <p className="text-sm text-ink-soft">
          Prompt, seed and number of pictures are always there. Add what else your model takes; a number or a choice that is not listed is refused
          before your endpoint is asked.
        </p>
        <div className="flex flex-wrap gap-2">
          {PRESETS.map(({ name, rows }) => (
            <Button key={name} size="small" variant="outline" onClick={() => add(rows(draft.endpoint.provider))}>
              + {name}
            </Button>
          ))}
          <Button size="small" variant="outline" onClick={() => add([emptyRow('integer')])}>
            + Another
          </Button>
        </div>
        {parameters.map((row, place) => (
          <ParameterEditor
            key={row.id}
            row={row}
            place={place}
            problems={problems}
            onChange={(changed) => set(parameters.map((one) => (one.id === row.id ? changed : one)))}
            onRemove={() => set(parameters.filter(({ id }) => id !== row.id))}
          />
        ))}
      </div>
      <Preview rows={parameters} />
    </div>
  );
}

/** The playground's own form of the parameters that are complete. */
function Preview({ rows }: { rows: ParameterRow[] }) {
  const schema = toSchema(rows);
  const [values, setValues] = useState({});
  const isEmpty = Object.keys(schema.properties).length === 0;
  return (
    <section aria-labelledby="preview-heading" className="grid gap-4 border border-rule bg-sheet p-5 lg:sticky lg:top-24">
      <h3 id="preview-heading" className="text-sm text-ink-faint">
        As collectors see it
      </h3>
      {isEmpty ? (
        <p className="text-sm text-ink-soft">Prompt, seed and number of pictures. Nothing else yet.</p>
      ) : (
        <ParameterForm schema={schema} values={fitParams(schema, values)} onChange={setValues} pictures={{ mode: 'sample' }} />
      )}
    </section>
  );
}
