import { useId } from 'react';
import type { Terms } from '@/lib/passes/tier-schema';
import { atField, type Problems } from '../form/problems';
import { TextField } from '../text-field';
import type { TermsDraft } from './tier-draft';

export type ModelChoice = { id: string; slug: string; name: string };
type Props = { terms: TermsDraft; onChange(terms: TermsDraft): void; problems: Problems; models: ModelChoice[] };

const ALL = 'Ticked: none. It opens all your models, later ones too.';

/** What a tier includes with us. Ours, not the contract's: it can become more later, and less only while nobody has bought one. */
export function TermsFields({ terms, onChange, problems, models }: Props) {
  const change = (part: Partial<TermsDraft>) => onChange({ ...terms, ...part });
  const toggle = (id: string) => change({ models: terms.models.includes(id) ? terms.models.filter((one) => one !== id) : [...terms.models, id] });
  const id = useId();
  const marked = (field: keyof Terms) => (atField(problems, field) ? { 'aria-invalid': true, 'aria-describedby': `${id}-${field}` } : {});
  const wrongAt = (field: keyof Terms) =>
    atField(problems, field) && (
      <p id={`${id}-${field}`} className="text-xs text-madder">
        {atField(problems, field)}
      </p>
    );
  const tick = 'flex min-h-8 items-center gap-3 text-sm';
  return (
    <div className="grid items-start gap-5 sm:grid-cols-2">
      <TextField
        label="Runs it includes"
        inputMode="numeric"
        hint="In each period; 0 for none"
        value={terms.runs}
        onValueChange={(runs) => change({ runs })}
        error={atField(problems, 'includedRuns')}
      />
      <TextField
        label="Length of a period"
        inputMode="decimal"
        hint="Days, from the purchase on"
        value={terms.periodDays}
        onValueChange={(periodDays) => change({ periodDays })}
        error={atField(problems, 'periodSeconds')}
      />
      <TextField
        label="Runs a minute"
        inputMode="numeric"
        hint="Empty: as everybody"
        value={terms.rate}
        onValueChange={(rate) => change({ rate })}
        error={atField(problems, 'ratePerMinute')}
      />
      <div className="sm:pt-8">
        <label className={tick}>
          <input
            type="checkbox"
            checked={terms.earlyAccess}
            onChange={() => change({ earlyAccess: !terms.earlyAccess })}
            className="size-4 accent-(--ink)"
            {...marked('earlyAccess')}
          />
          Early access to new models
        </label>
        {wrongAt('earlyAccess')}
      </div>
      <fieldset className="grid gap-1 sm:col-span-2">
        <legend className="pb-1 text-sm">Models it opens</legend>
        {models.map(({ id, name }) => (
          <label key={id} className={tick}>
            <input
              type="checkbox"
              checked={terms.models.includes(id)}
              onChange={() => toggle(id)}
              className="size-4 accent-(--ink)"
              {...marked('models')}
            />
            {name}
          </label>
        ))}
        <p className="text-xs text-ink-faint">{terms.models.length === 0 ? ALL : 'It opens those that are ticked, and no others.'}</p>
        {wrongAt('models')}
      </fieldset>
    </div>
  );
}
