import { LICENCES, type Licence, licenceConflicts } from '@/lib/models/licences';
import { UPSTREAM_LICENCES } from '@/lib/models/upstream-licences';
import { Notice } from '../../ui/notice';
import { OptionList } from '../option-list';
import { TextField } from '../text-field';
import { ClaimFields } from './claim-fields';
import { atField } from './problems';
import type { StepProps } from './step-props';

/** What a licence allows, in words. */
export function licenceWords({ commercial, derivatives, shareAlike, attribution }: Licence): string {
  const use = commercial ? 'Commercial use allowed' : 'No commercial use';
  const change = derivatives ? `changes allowed${shareAlike ? ' under the same licence' : ''}` : 'no changes';
  return `${use}, ${change}, ${attribution ? 'the maker is named' : 'nobody has to be named'}.`;
}

/** Licences, training data, the share of derivatives, and what the version claims of its runs. */
export function StepRights({ draft, change, problems }: Pick<StepProps, 'draft' | 'change' | 'problems'>) {
  const { licence, upstreamLicences } = draft;
  const conflicts = licenceConflicts(licence, upstreamLicences);
  const toggle = (id: string) =>
    change({ upstreamLicences: upstreamLicences.includes(id) ? upstreamLicences.filter((one) => one !== id) : [...upstreamLicences, id] });
  return (
    <div className="grid max-w-[44rem] gap-8">
      <OptionList
        legend="Works made with it are under"
        name="licence"
        columns
        value={licence}
        options={LICENCES.map((one) => ({ value: one.id, title: one.name, text: licenceWords(one) }))}
        onChoose={(chosen) => change({ licence: chosen })}
      />
      <OptionList
        legend="What it was made from is under (choose all that hold)"
        name="upstream"
        columns
        value={upstreamLicences}
        options={UPSTREAM_LICENCES.map(({ id, name }) => ({ value: id, title: name }))}
        onChoose={toggle}
      />
      {conflicts.length > 0 && (
        <Notice tone="bad" role="alert">
          <ul className="grid gap-1">
            {conflicts.map((conflict) => (
              <li key={conflict}>{conflict}</li>
            ))}
          </ul>
        </Notice>
      )}
      <TextField
        label="What it was trained on"
        rows={4}
        maxLength={2000}
        hint="Shown on its page. Left empty, the page says that you did not declare it."
        value={draft.trainingData}
        onValueChange={(trainingData) => change({ trainingData })}
        error={atField(problems, 'trainingData')}
      />
      <TextField
        label="Your share when a derivative is made, in percent"
        inputMode="decimal"
        hint="Of what the maker of the derivative earns, 20 at most."
        className="max-w-80"
        value={draft.sharePercent}
        onValueChange={(sharePercent) => change({ sharePercent })}
        error={atField(problems, 'derivativeShareBps')}
      />
      <ClaimFields draft={draft} change={change} problems={problems} />
    </div>
  );
}
