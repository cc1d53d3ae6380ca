import { useState } from 'react';
import { PROVIDERS, providerOf } from '@/lib/inference/providers';
import { gradesOf } from '@/lib/studio/claims';
import type { EndpointTestDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { OptionList } from '../option-list';
import { type EndpointDraft, emptyEndpoint, noSecrets } from './draft';
import { EndpointFields } from './endpoint-fields';
import { EndpointTest } from './endpoint-test';
import { exampleRows } from './presets';
import { endpointProblems } from './problems';
import type { StepProps } from './step-props';
import { VersionKey } from './version-key';

/** Where the model runs, and who keeps the key that signs for it. */
export function StepEndpoint({ draft, change, secrets, changeSecrets, problems, exampleUrl }: StepProps) {
  const [marked, setMarked] = useState(false);
  const { endpoint } = draft;
  const provider = providerOf(endpoint.provider);
  const set = (part: Partial<EndpointDraft>) => change({ endpoint: { ...endpoint, ...part } });
  const choose = (id: string) => {
    const next = providerOf(id);
    if (!next || id === endpoint.provider) return;
    changeSecrets(noSecrets);
    const reproducibility = gradesOf(next, { weights: null, mustReport: null })[0] ?? 'D';
    change({
      endpoint: { ...emptyEndpoint, provider: id },
      signerCustody: next.creatorCustody ? 'creator' : 'platform',
      signerAddress: '',
      reproducibility,
    });
  };
  const found = (answer: EndpointTestDto) => {
    if (answer.ok && answer.signer && draft.signerCustody === 'creator') change({ signerAddress: answer.signer.toLowerCase() });
  };
  return (
    <div className="grid max-w-[44rem] gap-8">
      {exampleUrl && (
        <Notice tone="copper">
          <p>This is a demo. It runs a small example server, so that you can see how a model of your own is sold before you have one.</p>
          <Button
            size="small"
            variant="outline"
            className="mt-3"
            onClick={() =>
              change({
                endpoint: { ...emptyEndpoint, url: exampleUrl },
                signerCustody: 'creator',
                signerAddress: '',
                reproducibility: 'C',
                ...(draft.parameters.length === 0 && { parameters: exampleRows(draft.kind) }),
              })
            }
          >
            Use the example server of this demo
          </Button>
        </Notice>
      )}
      <OptionList
        legend="Where it runs"
        name="provider"
        columns
        value={endpoint.provider}
        options={PROVIDERS.filter(({ kinds }) => kinds.includes(draft.kind)).map(({ id, name, needs }) => ({ value: id, title: name, text: needs }))}
        onChoose={choose}
      />
      {provider && (
        <>
          <EndpointFields
            key={provider.id}
            provider={provider}
            endpoint={endpoint}
            onChange={set}
            secrets={secrets}
            onSecrets={changeSecrets}
            problems={marked ? { ...endpointProblems(endpoint, secrets), ...problems } : problems}
          />
          <EndpointTest endpoint={endpoint} secrets={secrets} onFound={found} onIncomplete={() => setMarked(true)} />
          {provider.creatorCustody && <VersionKey draft={draft} change={change} problems={problems} />}
        </>
      )}
    </div>
  );
}
