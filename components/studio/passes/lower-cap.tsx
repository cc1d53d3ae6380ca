'use client';
import { useState } from 'react';
import { planCapAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../text-field';
import { PlannedStep } from './planned-step';

/** Makes a tier's supply smaller, for good. */
export function LowerCap({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [open, setOpen] = useState(false);
  if (tier.cap <= Math.max(1, tier.sold)) return null;
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Lower the supply
      </Button>
      {!open && <SentWatch subject={subjectOf(tier)} rpcPath={wallet.chain.rpcPath} doing="Changing the tier" />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Supply of ${tier.label}`}>
        <CapForm tier={tier} {...wallet} />
      </Dialog>
    </>
  );
}

const subjectOf = ({ collection, tierId }: TierDto) => `cap ${collection} ${tierId}`;

function CapForm({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [text, setText] = useState('');
  const least = Math.max(1, tier.sold);
  const cap = /^\d{1,8}$/.test(text.trim()) ? Number(text) : 0;
  const isGood = cap >= least && cap < tier.cap;
  const wrong = `A whole number from ${least} to ${tier.cap - 1}.`;
  return (
    <>
      <p className="text-sm text-ink-soft">
        There are {tier.sold} of at most {tier.cap}. Fewer can be promised, never more again.
      </p>
      <TextField label="Most passes" inputMode="numeric" value={text} onValueChange={setText} error={text && !isGood ? wrong : null} />
      <PlannedStep
        key={cap}
        {...wallet}
        subject={subjectOf(tier)}
        done="Lowered."
        wrong={wrong}
        ask={isGood ? () => planCapAction({ tierId: tier.tierId, cap }) : null}
      />
    </>
  );
}
