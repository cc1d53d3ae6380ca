'use client';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { approveCorrectionAction, refuseCorrectionAction } from '@/lib/corrections/actions';
import { ConfirmButton } from '../confirm-button';
import { ReasonButton } from '../reason-button';

type Props = { id: string; amount: string; approvable: boolean; refusable: boolean };

const LOST = 'The server does not answer. Reload to see where it is.';

/** Yes, asked twice since it is posted then; or no, with a reason. */
export function CorrectionDecision({ id, amount, approvable, refusable }: Props) {
  const approval = useServerAction();
  const { run, ...refusal } = useServerAction();
  if (!refusable) return <p className="text-xs text-ink-faint">It is about what is yours: somebody else decides.</p>;
  return (
    <div className="grid gap-3">
      {approvable ? (
        <div className="flex flex-wrap items-center gap-3">
          <ConfirmButton
            label="Approve"
            sure={`Yes, post ${amount}`}
            pending={approval.pending}
            onConfirm={() => approval.run(() => approveCorrectionAction({ id }), { lost: LOST })}
          />
          <Problem>{approval.problem}</Problem>
        </div>
      ) : (
        <p className="text-xs text-ink-faint">You proposed it: another operator has to approve it.</p>
      )}
      <ReasonButton
        label={approvable ? 'Refuse' : 'Take it back'}
        hint="Operators read it."
        {...refusal}
        onReason={(because) => run(() => refuseCorrectionAction({ id, because }), { lost: LOST })}
      />
    </div>
  );
}
