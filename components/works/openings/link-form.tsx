'use client';
import { type FormEvent, useState } from 'react';
import { linkOpeningAction } from '@/lib/works/actions';
import { Button } from '../../ui/button';
import { Digest } from '../../ui/digest';
import { describedBy, Field } from '../../ui/field';
import { Input } from '../../ui/input';
import { Notice } from '../../ui/notice';
import { useServerAction } from '../../ui/use-server-action';

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const addressHint = 'Whoever signs in with it and has the link sees the prompt. Nobody else does, with or without the link.';
const daysHint = 'Empty: until you withdraw it. What was opened cannot be withdrawn.';

/** Makes a link to the prompt for one address. The link is shown once: of its secret only a hash is kept. */
export function LinkForm({ workId }: { workId: string }) {
  const { run, pending, problem, say } = useServerAction();
  const [link, setLink] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const address = String(form.get('address')).trim();
    const days = Number(form.get('days')) || null;
    if (!ADDRESS.test(address)) return say('An address is 0x and 40 hex digits.');
    run(() => linkOpeningAction({ id: workId, address, days }), {
      onDone: (made) => made && setLink(`${window.location.origin}/openings/${made.token}`),
    });
  };
  return (
    <form onSubmit={submit} className="grid max-w-md gap-3">
      <Field id="opening-address" label="Address" hint={addressHint} error={problem}>
        <Input
          id="opening-address"
          name="address"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={describedBy('opening-address', { hint: addressHint, error: problem })}
        />
      </Field>
      <Field id="opening-days" label="Days" hint={daysHint}>
        <Input id="opening-days" name="days" type="number" min={1} max={365} aria-describedby={describedBy('opening-days', { hint: daysHint })} />
      </Field>
      <Button type="submit" size="small" variant="outline" loading={pending} className="justify-self-start">
        Make a link
      </Button>
      {link && (
        <Notice tone="good" role="status">
          <p>Send this link to them. It is shown here once; if it is lost, withdraw it and make another.</p>
          <Digest value={link} label="link" keep={0} />
        </Notice>
      )}
    </form>
  );
}
