'use client';
import { replayWebhookAction } from '@/lib/webhooks/actions';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

/** Sends a message again, under the same id. */
export function ReplayButton({ id, type }: { id: string; type: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <>
      <Button
        size="small"
        variant="outline"
        loading={pending}
        aria-label={`Send ${type} again`}
        onClick={() => run(() => replayWebhookAction({ id }))}
      >
        Send again
      </Button>
      <Problem>{problem}</Problem>
    </>
  );
}
