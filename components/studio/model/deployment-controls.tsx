'use client';
import { useRef, useState } from 'react';
import { retireDeploymentAction, testEndpointAction } from '@/lib/studio/actions';
import type { DeploymentDto, EndpointTestDto } from '@/lib/studio/schema';
import { ConfirmButton } from '../../admin/confirm-button';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { faultWords, testWords } from '../endpoint-words';
import { ReplaceSecret } from './replace-secret';

type Props = { deployment: DeploymentDto; hasWebhook: boolean; isLast: boolean };

/** Test it, give it another secret, or send it no more runs. */
export function DeploymentControls({ deployment: { id, hasSecret, lastCheck }, hasWebhook, isLast }: Props) {
  const test = useServerAction();
  const retire = useServerAction();
  const [found, setFound] = useState<EndpointTestDto | null>(null);
  const [replacing, setReplacing] = useState(false);
  const tester = useRef<HTMLButtonElement>(null);
  const ask = () => {
    setFound(null);
    test.run(() => testEndpointAction({ deployment: id }), { onDone: (answer) => setFound(answer ?? null) });
  };
  return (
    <div className="grid gap-3 pt-1">
      <div className="flex flex-wrap gap-2">
        <Button ref={tester} size="small" variant="outline" loading={test.pending} onClick={ask}>
          {test.pending ? 'Asking the endpoint' : 'Test'}
        </Button>
        <Button size="small" variant="outline" aria-expanded={replacing} onClick={() => setReplacing(!replacing)}>
          {hasSecret ? 'Replace the secret' : 'Store a secret'}
        </Button>
        <ConfirmButton
          label="Retire"
          sure={isLast ? 'Retire the only one: no more runs' : 'Send it no more runs'}
          pending={retire.pending}
          onConfirm={() => retire.run(() => retireDeploymentAction({ deployment: id }))}
        />
      </div>
      {!test.pending && <LastWord found={found} lastCheck={lastCheck} />}
      <Problem>{test.problem ?? retire.problem}</Problem>
      {replacing && (
        <ReplaceSecret
          id={id}
          hasWebhook={hasWebhook}
          onDone={() => {
            setReplacing(false);
            tester.current?.focus();
            ask();
          }}
        />
      )}
    </div>
  );
}

/** What was found by the test, or what the last look at it found wrong. */
function LastWord({ found, lastCheck }: { found: EndpointTestDto | null } & Pick<DeploymentDto, 'lastCheck'>) {
  if (found) {
    return (
      <Notice tone={found.ok ? 'good' : 'bad'} role={found.ok ? 'status' : 'alert'} className="break-words">
        {testWords(found)}
      </Notice>
    );
  }
  if (!lastCheck?.fault) return null;
  return (
    <Notice tone="bad" className="break-words">
      {faultWords(lastCheck.fault, lastCheck.what)}
    </Notice>
  );
}
