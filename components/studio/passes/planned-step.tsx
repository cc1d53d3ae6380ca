'use client';
import { type ReactNode, useRef, useState } from 'react';
import type { CallPlanDto } from '@/lib/chain/schema';
import { PassStep, type Wallet } from '../../passes/pass-step';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { PlanCost } from './plan-cost';

type Answer = { data?: CallPlanDto; serverError?: { message: string }; validationErrors?: unknown } | undefined;
type Props = Wallet & {
  subject: string;
  doing: string;
  /** What a wallet is connected for: 'change it'. */
  purpose: string;
  /** What is asked for, as text: a plan for something else is none. */
  asked: string;
  /** Null where what is typed cannot be sent; then `wrong` says why. */
  ask: (() => Promise<Answer>) | null;
  wrong?: string;
  onDone(): void;
  /** The fields, where there is anything to say. */
  children?: ReactNode;
};

/** A change on the chain in two presses: what it costs, and the wallet. */
export function PlannedStep({ subject, doing, purpose, asked, ask, wrong, onDone, children, ...wallet }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const form = useRef<HTMLFormElement>(null);
  const [planned, setPlanned] = useState<{ asked: string; plan: CallPlanDto } | null>(null);
  const plan = planned?.asked === asked ? planned.plan : null;
  /** What the problem is about. */
  const [tried, setTried] = useState(asked);
  const show = () => {
    setTried(asked);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    if (!ask) return say(wrong ?? null);
    run(ask, { onDone: (answer) => answer && setPlanned({ asked, plan: answer }) });
  };
  return (
    <>
      <form
        ref={form}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!plan) show();
        }}
      >
        {children}
        {!plan && (
          <div className="grid justify-items-start gap-3">
            <Button type="submit" loading={pending}>
              {pending ? 'Asking the chain' : 'Show what it costs'}
            </Button>
            <Problem>{tried === asked ? problem : null}</Problem>
          </div>
        )}
      </form>
      {plan && (
        <div className="grid gap-4">
          <PlanCost plan={plan} />
          <PassStep
            {...wallet}
            subject={subject}
            label="Send it from your wallet"
            purpose={purpose}
            doing={doing}
            done="Done."
            plan={async () => plan}
            onDone={onDone}
          />
        </div>
      )}
    </>
  );
}
