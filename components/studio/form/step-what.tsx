import { PROVIDERS, type Provider, providerOf } from '@/lib/inference/providers';
import { Choice } from '../../ui/choice';
import { TextField } from '../text-field';
import { type Draft, emptyEndpoint } from './draft';
import { atField } from './problems';
import type { StepProps } from './step-props';

/** What the model is. Name, tagline and description are the model's and stay when a version follows. */
export function StepWhat({ draft, change, problems, isNext }: StepProps) {
  const chooseKind = (kind: Draft['kind']) => {
    const makesIt = (provider: Provider) => provider.kinds.includes(kind);
    const chosen = providerOf(draft.endpoint.provider);
    if (chosen && makesIt(chosen)) return change({ kind });
    const provider = PROVIDERS.find(makesIt)?.id ?? emptyEndpoint.provider;
    change({ kind, endpoint: { ...emptyEndpoint, provider }, reproducibility: 'D' });
  };
  return (
    <div className="grid max-w-[38rem] gap-6">
      {isNext ? (
        <TextField
          label="What is new in this version"
          rows={4}
          maxLength={2000}
          hint="Shown on the model’s page, beside the version."
          value={draft.changelog}
          onValueChange={(changelog) => change({ changelog })}
          error={atField(problems, 'changelog')}
        />
      ) : (
        <>
          <TextField label="Name" maxLength={80} value={draft.name} onValueChange={(name) => change({ name })} error={atField(problems, 'name')} />
          <TextField
            label="In a line"
            maxLength={120}
            aside={`${draft.tagline.length} / 120`}
            hint="Shown under the name wherever the model is listed."
            value={draft.tagline}
            onValueChange={(tagline) => change({ tagline })}
            error={atField(problems, 'tagline')}
          />
          <TextField
            label="Description"
            rows={6}
            maxLength={4000}
            hint="What it makes well, what it does not, and what to try first."
            value={draft.description}
            onValueChange={(description) => change({ description })}
            error={atField(problems, 'description')}
          />
        </>
      )}
      <div className="grid gap-2">
        <span id="kind-label" className="text-sm">
          It makes
        </span>
        <Choice
          name="kind"
          aria-labelledby="kind-label"
          value={draft.kind}
          options={[
            { value: 'image', label: 'Pictures' },
            { value: 'text', label: 'Texts' },
          ]}
          onValueChange={chooseKind}
        />
      </div>
    </div>
  );
}
