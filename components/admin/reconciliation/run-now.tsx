'use client';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { requestRunAction } from '@/lib/reconciliation/actions';

/** Asks for a run. What is under way already is shown instead of a second one. */
export function RunNow({ running }: { running: boolean }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="grid justify-items-start gap-2">
      <Button variant="outline" loading={pending || running} onClick={() => run(() => requestRunAction())}>
        {running ? 'Comparing' : 'Compare now'}
      </Button>
      <Problem>{problem}</Problem>
    </div>
  );
}
