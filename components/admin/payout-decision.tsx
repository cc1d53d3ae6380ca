'use client';
import { Button } from '@/components/ui/button';
import { useServerAction } from '@/components/ui/use-server-action';
import { approvePayoutAction, rejectPayoutAction } from '@/lib/payouts/actions';
import { ReasonButton } from './reason-button';

type Props = { id: string; approvable: boolean; rejectable: boolean };

const LOST = 'The server does not answer. Reload to see where it is.';

/** Yes, or no with a reason that the creator reads. */
export function PayoutDecision({ id, approvable, rejectable }: Props) {
  const { run, ...state } = useServerAction();
  if (!approvable && !rejectable) return null;
  return (
    <div className="flex flex-wrap items-start gap-3">
      {approvable && (
        <Button size="small" loading={state.pending} onClick={() => run(() => approvePayoutAction({ id }), { lost: LOST })}>
          Approve
        </Button>
      )}
      {rejectable && (
        <ReasonButton
          label="Reject"
          hint="The creator reads it."
          {...state}
          onReason={(reason) => run(() => rejectPayoutAction({ id, reason }), { lost: LOST })}
        />
      )}
    </div>
  );
}
