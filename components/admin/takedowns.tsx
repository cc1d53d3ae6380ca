'use client';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { duration, moment } from '@/components/format';
import { Button } from '@/components/ui/button';
import { Digest } from '@/components/ui/digest';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useServerAction } from '@/components/ui/use-server-action';
import { putBackWorkAction, takeDownWorkAction } from '@/lib/works/actions';
import { type TakedownDto, takeDownInput } from '@/lib/works/takedowns/schema';
import { ConfirmButton } from './confirm-button';

const reasonHint = 'Everyone reads it: on the work’s page and on the pages of works made from it.';

/** Takes a work down. */
export function TakeDownForm() {
  const { run, pending, problem } = useServerAction();
  const [draft, setDraft] = useState({ work: '', reason: '' });
  const [tried, setTried] = useState('');
  const noWork = tried !== '' && tried === draft.work ? 'This is no id of a work, and no address of its page.' : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!takeDownInput.shape.work.safeParse(draft.work).success) return setTried(draft.work);
    run(() => takeDownWorkAction(draft), { onDone: () => setDraft({ work: '', reason: '' }) });
  };
  const change = (name: keyof typeof draft) => (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value });
  return (
    <form onSubmit={submit} className="grid gap-4 pb-10">
      <Field id="takedown-work" label="Work" hint="Its id, or the address of its page." error={noWork}>
        <Input
          id="takedown-work"
          required
          value={draft.work}
          onChange={change('work')}
          aria-invalid={noWork !== null || undefined}
          aria-describedby={describedBy('takedown-work', { hint: true, error: noWork })}
        />
      </Field>
      <Field id="takedown-reason" label="Reason" hint={reasonHint} error={problem}>
        <Input
          id="takedown-reason"
          required
          minLength={3}
          maxLength={300}
          value={draft.reason}
          onChange={change('reason')}
          aria-describedby={describedBy('takedown-reason', { hint: reasonHint, error: problem })}
        />
      </Field>
      <Button type="submit" variant="danger" loading={pending} className="justify-self-start">
        Take it down
      </Button>
    </form>
  );
}

/** Works that were taken down, with a way back for each that is. */
export function TakedownList({ takedowns }: { takedowns: TakedownDto[] }) {
  const { run, pending, problem } = useServerAction();
  return (
    <ul className="grid border-t border-rule">
      {takedowns.map(({ id, workId, reason, by, at, liftedBy, liftedAt, voucher }) => (
        <li key={id} className="grid gap-2 border-b border-rule py-4 text-sm">
          <p>
            <Link href={`/works/${workId}`} className="text-link">
              The work
            </Link>
            : {reason}
          </p>
          <p className="text-xs text-ink-faint">
            {moment(at)} by <Digest value={by} label="operator’s address" />
            {liftedAt && liftedBy && (
              <>
                ; put back {moment(liftedAt)} by <Digest value={liftedBy} label="operator’s address" />
              </>
            )}
          </p>
          {voucher && (
            <p className="text-xs text-madder">
              A voucher for it was given out before and cannot be taken back.{' '}
              {voucher.leftMs > 0
                ? `Until ${moment(voucher.until)}, for another ${duration(voucher.leftMs)}, its owner can mint it.`
                : `Its time was over at ${moment(voucher.until)}; the chain’s clock decides, and where that is behind, its owner can still mint it.`}
            </p>
          )}
          {!liftedAt && (
            <div className="flex flex-wrap items-center gap-3">
              <ConfirmButton label="Put it back" sure="Show it again" pending={pending} onConfirm={() => run(() => putBackWorkAction({ workId }))} />
            </div>
          )}
        </li>
      ))}
      {problem !== null && (
        <li role="alert" className="py-2 text-xs text-madder">
          {problem}
        </li>
      )}
    </ul>
  );
}
