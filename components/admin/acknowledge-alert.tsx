'use client';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { acknowledgeAlertAction } from '@/lib/alerts/actions';

/** Says that somebody has seen it; what waits for that goes on. */
export function AcknowledgeAlert({ id }: { id: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => acknowledgeAlertAction({ id }))}>
        Take note
      </Button>
      <Problem>{problem}</Problem>
    </div>
  );
}
