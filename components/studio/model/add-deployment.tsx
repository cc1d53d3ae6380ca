'use client';
import { useState } from 'react';
import { PROVIDERS, providerOf } from '@/lib/inference/providers';
import { addDeploymentAction } from '@/lib/studio/actions';
import { claimProblems } from '@/lib/studio/claims';
import type { StudioVersionDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field } from '../../ui/field';
import { Select } from '../../ui/select';
import { useServerAction } from '../../ui/use-server-action';
import { emptyEndpoint, noSecrets } from '../form/draft';
import { EndpointFields } from '../form/endpoint-fields';
import { EndpointTest } from '../form/endpoint-test';
import { endpointProblems } from '../form/problems';
import { deploymentInputOf } from '../form/to-input';
import { DialogForm } from './dialog-form';

type Props = { version: StudioVersionDto };

/** A second place where the version runs: it takes over when the first one fails. */
export function AddDeployment({ version }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Add an endpoint
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Another endpoint">
        <AddForm version={version} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function AddForm({ version, onDone }: Props & { onDone(): void }) {
  const { run, pending, problem, say } = useServerAction();
  const possible = PROVIDERS.filter((one) => Object.keys(claimProblems(one, one.mustReport && 'any', version)).length === 0);
  const alike = possible.find(({ id }) => id === version.deployments[0]?.provider);
  const [endpoint, setEndpoint] = useState({ ...emptyEndpoint, provider: (alike ?? possible[0])?.id ?? 'signed-http' });
  const [secrets, setSecrets] = useState(noSecrets);
  const [marked, setMarked] = useState(false);
  const provider = providerOf(endpoint.provider);
  const problems = endpointProblems(endpoint, secrets);
  if (provider?.mustReport && claimProblems(provider, endpoint.mustReport.trim() || null, version).reproducibility)
    problems['deployment.mustReport'] = 'is needed: the version claims that it is reported';
  const add = () => {
    setMarked(true);
    if (Object.keys(problems).length > 0) return say('Fill in what is marked above first.');
    run(() => addDeploymentAction({ version: version.digest, deployment: deploymentInputOf(endpoint, secrets) }), { onDone });
  };
  return (
    <DialogForm action="Add it" pending={pending} problem={problem} onSubmit={add}>
      <p className="text-sm text-ink-soft">
        Runs go to the first endpoint that answers. This one stands behind those you have, and must serve the same model: what the version claims
        holds for its runs, too.
      </p>
      <Field id="add-provider" label="Where it runs">
        <Select
          id="add-provider"
          value={endpoint.provider}
          onChange={(event) => {
            setSecrets(noSecrets);
            setEndpoint({ ...emptyEndpoint, provider: event.target.value });
          }}
        >
          {possible.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {provider && (
        <EndpointFields
          key={provider.id}
          provider={provider}
          endpoint={endpoint}
          onChange={(part) => setEndpoint({ ...endpoint, ...part })}
          secrets={secrets}
          onSecrets={setSecrets}
          problems={marked ? problems : {}}
        />
      )}
      <EndpointTest endpoint={endpoint} secrets={secrets} onFound={() => {}} onIncomplete={() => setMarked(true)} />
    </DialogForm>
  );
}
