'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { cancelPayoutAction } from '@/lib/payouts/actions';

/** Takes a request back while nobody has decided on it. */
export function CancelPayout({ id }: { id: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const cancel = () =>
    startTransition(async () => {
      const result = await cancelPayoutAction({ id }).catch(() => null);
      setProblem(result?.data ? null : (result?.serverError?.message ?? 'The server does not answer. Nothing was changed.'));
      router.refresh();
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" variant="outline" loading={pending} onClick={cancel}>
        Take the request back
      </Button>
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
