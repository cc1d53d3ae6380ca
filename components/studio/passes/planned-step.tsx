'use client';
import { useState } from 'react';
import type { PassPlanDto } from '@/lib/passes/tier-schema';
import { PassStep, type Wallet } from '../../passes/pass-step';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { PlanCost } from './plan-cost';

type Answer = { data?: PassPlanDto; serverError?: { message: string }; validationErrors?: unknown } | undefined;
type Props = Wallet & {
  subject: string;
  done: string;
  /** Null where what is typed cannot be sent; then `wrong` says why. */
  ask: (() => Promise<Answer>) | null;
  wrong: string;
  onDone?(): void;
};

/** A change on the chain in two presses: what it costs, and the wallet. Give it another `key` when what is asked changes. */
export function PlannedStep({ subject, done, ask, wrong, onDone, ...wallet }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [plan, setPlan] = useState<PassPlanDto | null>(null);
  if (!plan) {
    return (
      <div className="grid justify-items-start gap-3">
        <Button loading={pending} onClick={() => (ask ? run(ask, { onDone: (answer) => answer && setPlan(answer) }) : say(wrong))}>
          {pending ? 'Asking the chain' : 'Show what it costs'}
        </Button>
        <Problem>{problem}</Problem>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <PlanCost plan={plan} />
      <PassStep
        {...wallet}
        subject={subject}
        label="Send it from your wallet"
        purpose="change it"
        doing="Changing the tier"
        done={done}
        plan={async () => plan}
        onDone={onDone}
      />
    </div>
  );
}
