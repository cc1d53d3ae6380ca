'use client';
import { useId, useState } from 'react';
import { planTransferAction } from '@/lib/passes/actions';
import type { PassDto } from '@/lib/passes/tier-schema';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { say } from '../wallet/notices';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { AddressField, isAddress } from './address-field';
import { PassStep, type Wallet } from './pass-step';
import { SentWatch } from './sent-watch';

/** Gives a pass to somebody else, for good. */
export function GivePass({ pass, ...wallet }: Wallet & { pass: PassDto }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState('');
  const step = {
    subject: `give ${pass.passId}`,
    doing: 'Giving the pass',
    onDone: () => say({ tone: 'plain', text: `${pass.tier.label}, number ${pass.number}, is theirs now.` }),
  };
  const plan = async () => {
    if (to.trim() === '') throw new WalletProblem('Say first who gets it.');
    if (!isAddress(to)) throw new WalletProblem('That is no address. Nothing was sent.');
    return dataOf(await planTransferAction({ passId: pass.passId, to: to.trim() }));
  };
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Give away
      </Button>
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Give ${pass.tier.label} away`}>
        <p className="text-sm text-ink-soft">
          From then on it opens nothing to you, and the runs that are left are theirs. Nobody can take that back.
          {pass.refundableUntil &&
            Date.parse(pass.refundableUntil) > Date.now() &&
            ' If they return it while that is possible, the money goes to who paid.'}
        </p>
        <AddressField id={id} label="Their address" value={to} onChange={setTo} />
        <PassStep {...wallet} {...step} label="Give it" purpose="give it" done="It is theirs now." plan={plan} />
      </Dialog>
    </>
  );
}
