'use client';
import { useState } from 'react';
import { probeEndpointAction } from '@/lib/studio/actions';
import type { EndpointTestDto } from '@/lib/studio/schema';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/notice';
import { Progress } from '../../ui/progress';
import { useServerAction } from '../../ui/use-server-action';
import { testWords } from '../endpoint-words';
import type { EndpointDraft, Secrets } from './draft';
import { endpointProblems } from './problems';
import { deploymentInputOf } from './to-input';

type Props = { endpoint: EndpointDraft; secrets: Secrets; onFound(found: EndpointTestDto): void; onIncomplete(): void };

/** Asks the endpoint, before anything is registered, whether it would take a run. Nothing is made by it. */
export function EndpointTest({ endpoint, secrets, onFound, onIncomplete }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [found, setFound] = useState<EndpointTestDto | null>(null);
  const test = () => {
    setFound(null);
    if (Object.keys(endpointProblems(endpoint, secrets)).length > 0) {
      onIncomplete();
      return say('Fill in what is marked above first.');
    }
    run(() => probeEndpointAction({ deployment: deploymentInputOf(endpoint, secrets) }), {
      onDone: (answer) => {
        if (!answer) return;
        setFound(answer);
        onFound(answer);
      },
    });
  };
  return (
    <div className="grid justify-items-start gap-3">
      <Button variant="outline" loading={pending} onClick={test}>
        {pending ? 'Asking the endpoint' : 'Test the endpoint'}
      </Button>
      {pending && <Progress percent={null} label="Asking the endpoint" />}
      {found && (
        <Notice tone={found.ok ? 'good' : 'bad'} role={found.ok ? 'status' : 'alert'}>
          {testWords(found)}
        </Notice>
      )}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
    </div>
  );
}
