'use client';
import { useState } from 'react';
import { signRefundAction } from '@/lib/passes/actions';
import type { PassDto } from '@/lib/passes/tier-schema';
import { moment } from '../format';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { say } from '../wallet/notices';
import { dataOf } from '../wallet/wallet-problem';
import { PassStep, type Wallet } from './pass-step';
import { SentWatch } from './sent-watch';

/** Gives a pass back for what was paid: our statement that no run was used, and then the wallet's call. */
export function ReturnPass({ pass, wasUsed, ...wallet }: Wallet & { pass: PassDto; wasUsed: boolean }) {
  const [open, setOpen] = useState(false);
  const step = {
    subject: `return ${pass.passId}`,
    doing: 'Returning the pass',
    onDone: () => say({ tone: 'plain', text: `${pass.tier.label}, number ${pass.number}, is returned.` }),
  };
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => setOpen(true)}>
        Return it
      </Button>
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Return ${pass.tier.label}`}>
        {wasUsed ? (
          <Notice>A run of this pass was used, so it cannot be given back.</Notice>
        ) : (
          <>
            <p className="text-sm text-ink-soft">
              Until {moment(pass.refundableUntil ?? pass.boughtAt)} it can be given back for what was paid, as long as no run of it was used. The
              money goes to whoever paid for it, the pass is gone.
            </p>
            <p className="text-sm text-ink-soft">
              We sign that no run was used. From then on it takes no run for about a quarter of an hour, returned or not.
            </p>
            <PassStep
              {...wallet}
              {...step}
              label="Return the pass"
              purpose="return it"
              done="It is returned, and the money is on its way back."
              plan={async () => dataOf(await signRefundAction({ passId: pass.passId }))}
            />
          </>
        )}
      </Dialog>
    </>
  );
}
