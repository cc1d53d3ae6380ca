'use client';
import { useState } from 'react';
import { retireDeploymentAction, testEndpointAction } from '@/lib/studio/actions';
import type { EndpointTestDto } from '@/lib/studio/schema';
import { ConfirmButton } from '../../admin/confirm-button';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { testWords } from '../endpoint-words';
import { ReplaceSecret } from './replace-secret';

type Props = { id: string; hasSecret: boolean; hasWebhook: boolean };

/** Test it, give it another secret, or send it no more runs. */
export function DeploymentControls({ id, hasSecret, hasWebhook }: Props) {
  const test = useServerAction();
  const retire = useServerAction();
  const [found, setFound] = useState<EndpointTestDto | null>(null);
  const [replacing, setReplacing] = useState(false);
  return (
    <div className="grid gap-3 pt-1">
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          variant="outline"
          loading={test.pending}
          onClick={() => test.run(() => testEndpointAction({ deployment: id }), { onDone: (answer) => setFound(answer ?? null) })}
        >
          {test.pending ? 'Asking the endpoint' : 'Test'}
        </Button>
        <Button size="small" variant="outline" aria-expanded={replacing} onClick={() => setReplacing(!replacing)}>
          {hasSecret ? 'Replace the secret' : 'Store a secret'}
        </Button>
        <ConfirmButton
          label="Retire"
          sure="Send it no more runs"
          pending={retire.pending}
          onConfirm={() => retire.run(() => retireDeploymentAction({ deployment: id }))}
        />
      </div>
      {found && (
        <Notice tone={found.ok ? 'good' : 'bad'} role={found.ok ? 'status' : 'alert'}>
          <span className="break-words">{testWords(found)}</span>
        </Notice>
      )}
      <Problem>{test.problem ?? retire.problem}</Problem>
      {replacing && <ReplaceSecret id={id} hasWebhook={hasWebhook} onDone={() => setReplacing(false)} />}
    </div>
  );
}
