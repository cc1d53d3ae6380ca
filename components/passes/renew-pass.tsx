'use client';
import { useState } from 'react';
import { planRenewalAction } from '@/lib/passes/actions';
import type { PassDto } from '@/lib/passes/tier-schema';
import { ether } from '../format';
import { TextField } from '../studio/text-field';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { PassStep, type Wallet } from './pass-step';
import { span } from './pass-words';
import { SentWatch } from './sent-watch';

const MOST_TIMES = 100;

/** Makes a pass last longer, at today's price. */
export function RenewPass({ pass, ...wallet }: Wallet & { pass: PassDto }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Renew
      </Button>
      {!open && <SentWatch {...stepOf(pass)} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Renew ${pass.tier.label}`}>
        <RenewForm pass={pass} {...wallet} />
      </Dialog>
    </>
  );
}

const stepOf = ({ passId }: PassDto) => ({ subject: `renew ${passId}`, doing: 'Renewing the pass' });

function RenewForm({ pass, ...wallet }: Wallet & { pass: PassDto }) {
  const { passId, tier } = pass;
  const [text, setText] = useState('1');
  const times = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  const isGood = times >= 1 && times <= MOST_TIMES;
  const price = ether((BigInt(tier.priceWei) * BigInt(isGood ? times : 1)).toString());
  const plan = async () => {
    if (!isGood) throw new WalletProblem(`Renew it 1 to ${MOST_TIMES} times.`);
    return dataOf(await planRenewalAction({ passId, times }));
  };
  return (
    <>
      <p className="text-sm text-ink-soft">
        Each time adds {span(tier.durationSeconds)} to what is left, or starts now if nothing is. A renewal cannot be given back.
      </p>
      <TextField
        label="How many times"
        inputMode="numeric"
        value={text}
        onValueChange={setText}
        error={isGood ? null : `A whole number from 1 to ${MOST_TIMES}.`}
      />
      <PassStep {...wallet} {...stepOf(pass)} label={`Renew for ${price}`} purpose="renew it" done="It lasts longer now." plan={plan} />
    </>
  );
}
