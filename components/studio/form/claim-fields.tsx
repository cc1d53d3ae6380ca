import { providerOf } from '@/lib/inference/providers';
import { gradesOf } from '@/lib/studio/claims';
import { reproducibilityClaim } from '../../models/claims';
import { OptionList } from '../option-list';
import { TextField } from '../text-field';
import { atField } from './problems';
import type { StepProps } from './step-props';

const GRADES = ['B', 'C', 'D'] as const;

/** What the version claims of each run: no more than its endpoint can report. */
export function ClaimFields({ draft, change, problems }: Pick<StepProps, 'draft' | 'change' | 'problems'>) {
  const provider = providerOf(draft.endpoint.provider);
  if (!provider) return null;
  const says = { weights: draft.weights.trim() || null, mustReport: draft.endpoint.mustReport.trim() || null };
  const possible = gradesOf(provider, says);
  const error = atField(problems, 'reproducibility');
  const whyNot = (grade: (typeof GRADES)[number]) => {
    if (possible.includes(grade)) return null;
    if (grade < provider.reproducibility) return ` ${provider.name} does not report that.`;
    return ' Give the hash of the weights below first.';
  };
  return (
    <div className="grid gap-4">
      <OptionList
        legend="What shows which model ran"
        name="reproducibility"
        value={draft.reproducibility}
        options={GRADES.map((grade) => {
          const { name, short } = reproducibilityClaim(grade);
          return { value: grade, title: name, text: `${short}${whyNot(grade) ?? ''}`, disabled: whyNot(grade) !== null };
        })}
        onChoose={(reproducibility) => change({ reproducibility })}
      />
      {error && (
        <p role="alert" className="text-xs text-madder">
          {error}
        </p>
      )}
      {provider.reproducibility === 'B' && (
        <TextField
          label="SHA-256 of the weights (optional)"
          mono
          placeholder="0x…"
          hint="Public: it lets anybody who has the weights check that they are the ones. It gives nothing of them away."
          value={draft.weights}
          onValueChange={(weights) => change({ weights })}
          error={atField(problems, 'weights')}
        />
      )}
    </div>
  );
}
