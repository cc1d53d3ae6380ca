'use client';
import { useState } from 'react';
import { planWithdrawalAction } from '@/lib/passes/actions';
import type { PassPlanDto } from '@/lib/passes/tier-schema';
import { PassStep, type Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { say } from '../../wallet/notices';
import { PlanCost } from './plan-cost';

type Props = Wallet & { collection: string; isThereAny: boolean };
type Step = { subject: string; doing: string; onDone(): void };

/** Takes out what passes earned, with one transaction of the creator's wallet. */
export function Withdraw({ collection, isThereAny, ...wallet }: Props) {
  const [open, setOpen] = useState(false);
  const step: Step = {
    subject: `withdraw ${collection}`,
    doing: 'Taking it out',
    onDone: () => {
      setOpen(false);
      say({ tone: 'plain', text: 'What your passes earned is taken out.' });
    },
  };
  return (
    <>
      {isThereAny && (
        <Button size="small" onClick={() => setOpen(true)}>
          Take it out
        </Button>
      )}
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title="Take out what passes earned">
        <p className="text-sm text-ink-soft">
          All that lies in the collection of your passes and cannot be asked back any more. Your wallet sends it.
        </p>
        <WithdrawForm {...wallet} step={step} />
      </Dialog>
    </>
  );
}

/** What it costs first, and then the wallet. */
function WithdrawForm({ step, ...wallet }: Wallet & { step: Step }) {
  const { run, pending, problem } = useServerAction();
  const [plan, setPlan] = useState<PassPlanDto | null>(null);
  if (!plan) {
    return (
      <div className="grid justify-items-start gap-3">
        <Button loading={pending} onClick={() => run(() => planWithdrawalAction(), { onDone: (answer) => answer && setPlan(answer) })}>
          {pending ? 'Asking the chain' : 'Show what it costs'}
        </Button>
        <Problem>{problem}</Problem>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <PlanCost plan={plan} />
      <PassStep {...wallet} {...step} label="Send it from your wallet" purpose="take it out" done="It is taken out." plan={async () => plan} />
    </div>
  );
}
