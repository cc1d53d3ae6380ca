'use client';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { creditLargeDepositAction } from '@/lib/payments/actions';
import type { DepositKey } from '@/lib/payments/schema';
import { ConfirmButton } from './confirm-button';

/** Credits a payment that was too large to be credited by itself. Asked twice: what is spent of it is hard to take back. */
export function CreditDeposit({ deposit, amount }: { deposit: DepositKey; amount: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ConfirmButton
        label="Credit it"
        sure={`Yes, credit ${amount} to its payer`}
        pending={pending}
        onConfirm={() => run(() => creditLargeDepositAction(deposit))}
      />
      <Problem>{problem}</Problem>
    </div>
  );
}
