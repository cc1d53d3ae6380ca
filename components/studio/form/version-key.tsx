import { OptionList } from '../option-list';
import { TextField } from '../text-field';
import { atField } from './problems';
import type { StepProps } from './step-props';

/** Who keeps the key that signs each work's receipt. */
export function VersionKey({ draft, change, problems }: Pick<StepProps, 'draft' | 'change' | 'problems'>) {
  return (
    <div className="grid gap-4">
      <OptionList
        legend="The key that signs for this version"
        name="custody"
        value={draft.signerCustody}
        options={[
          {
            value: 'creator',
            title: 'Beside the model, with you',
            text: 'Nobody can make a receipt of your model without your server, Intaglio included. Keep a copy of the key: a lost one cannot sign again.',
          },
          {
            value: 'platform',
            title: 'With Intaglio',
            text: 'We keep it sealed and sign what your server returns. Nothing to look after, and buyers trust us for it.',
          },
        ]}
        onChoose={(signerCustody) => change({ signerCustody })}
      />
      {draft.signerCustody === 'creator' && (
        <TextField
          label="Address of the key"
          mono
          placeholder="0x…"
          hint="Filled in by the test, from what your server says."
          value={draft.signerAddress}
          onValueChange={(signerAddress) => change({ signerAddress })}
          error={atField(problems, 'signerAddress')}
        />
      )}
    </div>
  );
}
