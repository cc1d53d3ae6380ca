'use client';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { proposeCorrectionAction } from '@/lib/corrections/actions';
import { gweiKinds, proposeCorrectionInput } from '@/lib/corrections/schema';
import { type AccountDraft, AccountFields, emptyAccount, toAccountInput } from './account-fields';
import { amountOf } from './words';

/** What of the reconciliation a correction is to mend. */
export type Mended = { id: string; text: string; amount: string };

const emptyDraft = {
  debit: { ...emptyAccount, kind: 'card_clearing' } as AccountDraft,
  credit: emptyAccount,
  amount: '',
  reason: '',
  publicReason: '',
};
type Draft = typeof emptyDraft;

/** '1,000' → '1000'. */
const plain = (amount: string): string => amount.replace(/[,\s]/g, '');

const LOST = 'The server does not answer. Press again: it will not be proposed twice.';

/** Proposes a transfer by hand. The id is made once a proposal and kept until it is answered, so that pressing again never makes a second one. */
export function ProposeCorrection({ mends }: { mends: Mended | null }) {
  const id = useRef<string | null>(null);
  const [draft, setDraft] = useState({ ...emptyDraft, amount: mends?.amount ?? '', reason: mends?.text ?? '' });
  const [done, setDone] = useState(false);
  const { run, pending, problem, say } = useServerAction();
  const change = (part: Partial<Draft>) => {
    id.current = null; // another proposal than the one before
    setDone(false);
    say(null);
    setDraft({ ...draft, ...part });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    id.current ??= crypto.randomUUID();
    const { debit, credit, amount, ...texts } = draft;
    const input = {
      id: id.current,
      findingId: mends?.id,
      debit: toAccountInput(debit),
      credit: toAccountInput(credit),
      amount: plain(amount),
      ...texts,
    };
    const wrong = wrongIn(input);
    if (wrong) return say(wrong);
    const onDone = () => {
      id.current = null;
      setDraft(emptyDraft);
      setDone(true);
    };
    run(() => proposeCorrectionAction(input), { lost: LOST, onDone });
  };
  return (
    <form onSubmit={submit} className="grid gap-6" noValidate>
      {mends && <Notice>Mends the finding “{mends.text}”. Once corrections of its amount are posted, it counts as explained.</Notice>}
      <AccountFields legend="From" value={draft.debit} onChange={(debit) => change({ debit })} />
      <AccountFields legend="To" value={draft.credit} onChange={(credit) => change({ credit })} />
      <Texts draft={draft} change={change} />
      <Button type="submit" loading={pending}>
        Propose it
      </Button>
      <Problem>{problem}</Problem>
      <p role="status" className="text-sm text-ink-soft">
        {done && 'Proposed. Nothing has moved: another operator has to approve it.'}
      </p>
    </form>
  );
}

function Texts({ draft, change }: { draft: Draft; change(part: Partial<Draft>): void }) {
  const id = useId();
  const amount = plain(draft.amount);
  const isGwei = gweiKinds.some((kind) => kind === draft.debit.kind);
  const hints = {
    amount: isGwei ? 'In gwei.' : 'In thousandths of a credit: 1,000 are one credit.',
    reason: 'What was wrong, and what shows it. Operators read it, for good.',
    publicReason: 'Needed where a collector’s credits change: it stands on their statement.',
  };
  return (
    <>
      <Field
        id={`${id}amount`}
        label="Amount"
        hint={hints.amount}
        aside={/^\d{1,18}$/.test(amount) && amountOf(amount, isGwei ? 'gwei' : 'millicredits')}
      >
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

const wrongWords: Record<string, string> = {
  debit: 'Say which account it comes from: whose it is, or its number.',
  credit: 'Say which account it goes to: whose it is, or its number.',
  amount: 'The amount is a whole number above zero.',
  reason: 'Say why, in a few words.',
};

/** The first thing that the server would not take, in words. */
function wrongIn(input: unknown): string | null {
  const parsed = proposeCorrectionInput.safeParse(input);
  return parsed.success ? null : (wrongWords[String(parsed.error.issues[0]?.path[0])] ?? 'Some of this is not valid.');
}
