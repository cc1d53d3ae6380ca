'use client';
import { useState } from 'react';
import { planWithdrawalAction } from '@/lib/passes/actions';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { say } from '../../wallet/notices';
import { PlannedStep } from './planned-step';

type Props = Wallet & { collection: string; isThereAny: boolean };

/** Takes out what passes earned, with one transaction of the creator's wallet. */
export function Withdraw({ collection, isThereAny, ...wallet }: Props) {
  const [open, setOpen] = useState(false);
  const step = {
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
        <PlannedStep {...wallet} {...step} purpose="take it out" asked="all of it" ask={() => planWithdrawalAction()} />
      </Dialog>
    </>
  );
}
