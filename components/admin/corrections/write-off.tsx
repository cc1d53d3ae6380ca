'use client';
import { useRef } from 'react';
import { useServerAction } from '@/components/ui/use-server-action';
import { writeOffDebtAction } from '@/lib/corrections/actions';
import { ReasonButton } from '../reason-button';

/** Has the house bear a debt. The id is kept until it is answered, so that pressing again does not ask twice. */
export function WriteOff({ userId }: { userId: string }) {
  const id = useRef<string | null>(null);
  const { run, ...state } = useServerAction();
  const writeOff = (reason: string) => {
    id.current ??= crypto.randomUUID();
    const input = { id: id.current, userId, reason };
    run(() => writeOffDebtAction(input), { lost: 'The server does not answer. Press again: it will not be written off twice.' });
  };
  return (
    <ReasonButton
      label="Write off"
      hint="Why it will not be paid. Operators read it, for good. All that is owed is forgiven."
      maxLength={1000}
      {...state}
      onReason={writeOff}
    />
  );
}
