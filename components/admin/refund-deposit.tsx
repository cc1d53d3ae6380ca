'use client';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { refundDepositAction } from '@/lib/payments/actions';
import type { DepositKey } from '@/lib/payments/schema';
import { ConfirmButton } from './confirm-button';

/** Gives a payment back to the address that paid, from the treasury. Asked twice, for it cannot be taken back. */
export function RefundDeposit({ deposit, amount }: { deposit: DepositKey; amount: string }) {
  const { run, pending, problem } = useServerAction();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <ConfirmButton
        label="Give back"
        sure={`Yes, send ${amount} from the treasury`}
        pending={pending}
        onConfirm={() => run(() => refundDepositAction(deposit))}
      />
      <Problem>{problem}</Problem>
    </div>
  );
}
