'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { requestRunAction } from '@/lib/reconciliation/actions';

/** Asks for a run. What is under way already is shown instead of a second one. */
export function RunNow({ running }: { running: boolean }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      const result = await requestRunAction().catch(() => null);
      setProblem(result?.data ? null : (result?.serverError?.message ?? 'The server does not answer. Try again.'));
      router.refresh();
    });
  return (
    <div className="grid justify-items-start gap-2">
      <Button variant="outline" loading={pending || running} onClick={ask}>
        {running ? 'Comparing' : 'Compare now'}
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
