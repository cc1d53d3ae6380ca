'use client';
import { clsx } from 'clsx';
import { type FormEvent, useState } from 'react';
import { createKeyAction } from '@/lib/gateway/actions';
import { Button } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { describedBy, Field } from '../ui/field';
import { Input } from '../ui/input';
import { Problem } from '../ui/problem';
import { Select } from '../ui/select';
import { useServerAction } from '../ui/use-server-action';
import { Caps, Check, type HeldPass, PassChoice, Scopes } from './key-fields';
import { NewSecret } from './new-secret';
import { lifetimes, readKeyForm } from './read-key-form';

type Props = {
  models: { slug: string; name: string }[];
  passes: HeldPass[];
  /** Before the list, on phones. */
  first: boolean;
};

/** Makes a key. Its secret is shown once: only a hash of it is kept. */
export function NewKey({ models, passes, first }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [secret, setSecret] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const input = readKeyForm(new FormData(element));
    if (typeof input === 'string') return say(input);
    const onDone = (made?: { secret: string }) => {
      setSecret(made?.secret ?? null);
      element.reset();
    };
    run(() => createKeyAction(input), { onDone });
  };
  return (
    <section aria-labelledby="new-key" className={clsx('grid gap-5', first && 'max-lg:order-first')}>
      <h2 id="new-key" className="font-display text-xl">
        New key
      </h2>
      {secret !== null && <NewSecret secret={secret} onDone={() => setSecret(null)} />}
      <form onSubmit={submit} className="grid gap-5" noValidate>
        <Field id="key-name" label="Name" hint="What will use it.">
          <Input id="key-name" name="name" maxLength={80} autoComplete="off" aria-describedby={describedBy('key-name', { hint: true })} />
        </Field>
        <Scopes />
        <Caps />
        <Field id="key-days" label="Expires">
          <Select id="key-days" name="days" defaultValue="90">
            {lifetimes.map(({ days, label }) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <PassChoice passes={passes} />
        <Disclosure summary="Only for some models">
          <p className="pb-2 text-xs text-ink-faint">Then it runs these, and sees and cancels their runs and works alone. None ticked: all models.</p>
          <ul className="grid max-h-64 gap-1 overflow-y-auto">
            {models.map(({ slug, name }) => (
              <li key={slug}>
                <Check name="model" value={slug} label={name} />
              </li>
            ))}
          </ul>
        </Disclosure>
        <Problem>{problem}</Problem>
        <Button type="submit" loading={pending} className="justify-self-start">
          Make the key
        </Button>
      </form>
    </section>
  );
}
