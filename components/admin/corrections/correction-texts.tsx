'use client';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { gweiKinds, runKinds } from '@/lib/corrections/account-names';
import { type Draft, plain } from './correction-draft';
import { amountOf } from './words';

/** How much, and why: for operators, and for the person whose credits change. */
export function CorrectionTexts({ draft, change }: { draft: Draft; change(part: Partial<Draft>): void }) {
  const id = useId();
  const amount = plain(draft.amount);
  const counts = (kinds: readonly string[]) => kinds.includes(draft.debit.kind);
  const unit = counts(runKinds) ? 'runs' : counts(gweiKinds) ? 'gwei' : 'millicredits';
  const hints = {
    amount: { runs: 'Runs that a pass includes.', gwei: 'In gwei.', millicredits: 'In thousandths of a credit: 1,000 are one credit.' }[unit],
    reason: 'What was wrong, and what shows it. Operators read it, for good.',
    publicReason: 'Needed where a collector’s credits change: it stands on their statement.',
  };
  return (
    <>
      <Field id={`${id}amount`} label="Amount" hint={hints.amount} aside={/^\d{1,18}$/.test(amount) && amountOf(amount, unit)}>
        <Input
          id={`${id}amount`}
          inputMode="numeric"
          value={draft.amount}
          aria-describedby={`${id}amount-hint`}
          onChange={(event) => change({ amount: event.target.value })}
        />
      </Field>
      <Field id={`${id}reason`} label="Reason" hint={hints.reason}>
        <Textarea
          id={`${id}reason`}
          value={draft.reason}
          maxLength={1000}
          aria-describedby={`${id}reason-hint`}
          onChange={(event) => change({ reason: event.target.value })}
        />
      </Field>
      <Field id={`${id}public`} label="What the person reads" hint={hints.publicReason}>
        <Input
          id={`${id}public`}
          value={draft.publicReason}
          maxLength={300}
          aria-describedby={`${id}public-hint`}
          onChange={(event) => change({ publicReason: event.target.value })}
        />
      </Field>
    </>
  );
}
