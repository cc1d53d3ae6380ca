'use client';
import { useRouter } from 'next/navigation';
import { useId, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { approvePayoutAction, rejectPayoutAction } from '@/lib/payouts/actions';

type Props = { id: string; approvable: boolean; rejectable: boolean };
type Result = { data?: unknown; serverError?: { message: string } } | null;

/** Yes, or no with a reason that the creator reads. */
export function PayoutDecision({ id, approvable, rejectable }: Props) {
  const router = useRouter();
  const field = useId();
  const [reason, setReason] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const run = (call: () => Promise<Result>) =>
    startTransition(async () => {
      const result = await call().catch((): Result => null);
      setProblem(result?.data ? null : (result?.serverError?.message ?? 'The server does not answer. Reload to see where it is.'));
      router.refresh();
    });
  const reject = () => {
    if ((reason?.trim().length ?? 0) < 3) return setProblem('Say why: the creator reads it.');
    run(() => rejectPayoutAction({ id, reason: reason ?? '' }) as Promise<Result>);
  };
  if (!approvable && !rejectable) return null;
  return (
    <div className="grid gap-3">
      {reason !== null && (
        <Field id={field} label="Reason" hint="The creator reads it." error={problem}>
          <Input
            id={field}
            value={reason}
            maxLength={300}
            aria-invalid={problem !== null}
            aria-describedby={describedBy(field, { hint: true, error: problem })}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        {approvable && reason === null && (
          <Button size="small" loading={pending} onClick={() => run(() => approvePayoutAction({ id }) as Promise<Result>)}>
            Approve
          </Button>
        )}
        {rejectable && (
          <Button size="small" variant="danger" loading={pending} onClick={reason === null ? () => setReason('') : reject}>
            Reject
          </Button>
        )}
        {reason !== null && (
          <Button size="small" variant="quiet" onClick={() => setReason(null)}>
            Not now
          </Button>
        )}
        {problem && reason === null && (
          <p role="alert" className="text-xs text-madder">
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
