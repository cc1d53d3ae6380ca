'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { refundDepositAction } from '@/lib/payments/actions';
import type { DepositKey } from '@/lib/payments/schema';

/** Gives a payment back to the address that paid, from the treasury. Asked twice, for it cannot be taken back. */
export function RefundDeposit({ deposit, amount }: { deposit: DepositKey; amount: string }) {
  const router = useRouter();
  const [isSure, setIsSure] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const refund = () =>
    startTransition(async () => {
      const result = await refundDepositAction(deposit).catch(() => null);
      setProblem(result && !result.serverError ? null : (result?.serverError?.message ?? 'The server does not answer. Try again.'));
      setIsSure(false);
      router.refresh();
    });
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="small" variant="outline" loading={pending} onClick={isSure ? refund : () => setIsSure(true)}>
        {isSure ? `Yes, send ${amount} from the treasury` : 'Give back'}
      </Button>
      {isSure && !pending && (
        <Button size="small" variant="quiet" onClick={() => setIsSure(false)}>
          Leave it
        </Button>
      )}
      {problem && (
        <p role="alert" className="text-xs text-madder">
          {problem}
        </p>
      )}
    </div>
  );
}
