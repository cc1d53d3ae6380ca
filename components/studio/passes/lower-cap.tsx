'use client';
import { useState } from 'react';
import { planCapAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { say } from '../../wallet/notices';
import { TextField } from '../text-field';
import { PlannedStep } from './planned-step';

/** Makes a tier's supply smaller, for good. Stays while it is open, also where what was sent leaves nothing to lower. */
export function LowerCap({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [open, setOpen] = useState(false);
  const step = {
    subject: `cap ${tier.collection} ${tier.tierId}`,
    doing: 'Changing the tier',
    onDone: () => {
      setOpen(false);
      say({ tone: 'plain', text: `The supply of ${tier.label} is lowered.` });
    },
  };
  const isLowest = tier.cap <= Math.max(1, tier.sold);
  return (
    <>
      {!isLowest && (
        <Button size="small" variant="outline" onClick={() => setOpen(true)}>
          Lower the supply
        </Button>
      )}
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Supply of ${tier.label}`}>
        <CapForm tier={tier} step={step} {...wallet} />
      </Dialog>
    </>
  );
}

type Step = { subject: string; doing: string; onDone(): void };

function CapForm({ tier, step, ...wallet }: Wallet & { tier: TierDto; step: Step }) {
  const [text, setText] = useState('');
  const least = Math.max(1, tier.sold);
  const cap = /^\d{1,8}$/.test(text.trim()) ? Number(text) : 0;
  const isGood = cap >= least && cap < tier.cap;
  const range = least === tier.cap - 1 ? `This can only be ${least}.` : `This is a whole number from ${least} to ${tier.cap - 1}.`;
  return (
    <>
      <p className="text-sm text-ink-soft">
        {tier.sold.toLocaleString('en-GB')} of at most {tier.cap.toLocaleString('en-GB')} are sold. Fewer can be promised, and then never more again.
      </p>
      <PlannedStep
        {...wallet}
        {...step}
        purpose="change it"
        asked={String(cap)}
        wrong={text.trim() === '' ? 'Say how many there can be at most.' : 'The number has to be mended first.'}
        ask={isGood ? () => planCapAction({ tierId: tier.tierId, cap }) : null}
      >
        <TextField label="Most passes" inputMode="numeric" value={text} onValueChange={setText} error={text && !isGood ? range : null} />
      </PlannedStep>
    </>
  );
}
