'use client';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Problem } from '@/components/ui/problem';
import { useServerAction } from '@/components/ui/use-server-action';
import { proposeCorrectionAction } from '@/lib/corrections/actions';
import { AccountFields } from './account-fields';
import { type Draft, draftFor, emptyDraft, type Mended, toProposal, wrongIn } from './correction-draft';
import { CorrectionTexts } from './correction-texts';

const LOST = 'The server does not answer. Press again: it will not be proposed twice.';

/** Proposes a transfer by hand. The id is made once a proposal and kept until it is answered, so that pressing again never makes a second one. */
export function ProposeCorrection({ mends }: { mends: Mended | null }) {
  const id = useRef<string | null>(null);
  const [draft, setDraft] = useState(() => draftFor(mends));
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
    const input = toProposal(id.current, draft, mends);
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
      <CorrectionTexts draft={draft} change={change} />
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
