'use client';
import { useState } from 'react';
import { planMintWithdrawalAction } from '@/lib/mint/actions';
import { planWithdrawalAction } from '@/lib/passes/actions';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { say } from '../../wallet/notices';
import { PlannedStep } from './planned-step';

export type Earner = 'passes' | 'mints';
type Props = Wallet & { of: Earner; collection: string; isThereAny: boolean };

const WORDS = {
  passes: { earners: 'your passes', what: 'All that lies in the collection of your passes and cannot be asked back any more.' },
  mints: { earners: 'mints', what: 'All that lies in the collection of your works: mint prices, and royalties that were paid in ETH.' },
};

/** Takes out what a collection earned, with one transaction of the creator's wallet. */
export function Withdraw({ of, collection, isThereAny, ...wallet }: Props) {
  const { earners, what } = WORDS[of];
  const [open, setOpen] = useState(false);
  const step = {
    subject: `withdraw ${collection}`,
    doing: 'Taking it out',
    onDone: () => {
      setOpen(false);
      say({ tone: 'plain', text: `What ${earners} earned is taken out.` });
    },
  };
  const ask = () => (of === 'passes' ? planWithdrawalAction() : planMintWithdrawalAction({ collection }));
  return (
    <>
      {isThereAny && (
        <Button size="small" onClick={() => setOpen(true)}>
          Take it out
        </Button>
      )}
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Take out what ${of} earned`}>
        <p className="text-sm text-ink-soft">{what} Your wallet sends it.</p>
        <PlannedStep {...wallet} {...step} purpose="take it out" asked="all of it" ask={ask} />
      </Dialog>
    </>
  );
}
