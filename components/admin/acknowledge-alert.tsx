'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { acknowledgeAlertAction } from '@/lib/alerts/actions';

/** Says that somebody has seen it; what waits for that goes on. */
export function AcknowledgeAlert({ id }: { id: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const acknowledge = () =>
    startTransition(async () => {
      const result = await acknowledgeAlertAction({ id }).catch(() => null);
      setProblem(result && !result.serverError ? null : (result?.serverError?.message ?? 'The server does not answer. Try again.'));
      router.refresh();
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" variant="outline" loading={pending} onClick={acknowledge}>
        Take note
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
