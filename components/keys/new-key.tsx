'use client';
import { clsx } from 'clsx';
import { type FormEvent, useState } from 'react';
import { createKeyAction } from '@/lib/gateway/actions';
import type { CreateKeyInput, Scope } from '@/lib/gateway/schema';
import { Button } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { describedBy, Field } from '../ui/field';
import { Input } from '../ui/input';
import { Problem } from '../ui/problem';
import { Select } from '../ui/select';
import { useServerAction } from '../ui/use-server-action';
import { readCap } from './cap-text';
import { NewSecret } from './new-secret';

const DAY_MS = 86_400_000;
const lifetimes = [
  { days: 7, label: 'In 7 days' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
  { days: 0, label: 'Never' },
];
const scopes: { value: Scope; label: string; hint: string }[] = [
  { value: 'run', label: 'Run models', hint: 'Spends your credits, within the caps.' },
  { value: 'read', label: 'Read runs and works', hint: 'Yours, private ones too, with their files.' },
];
const caps = [
  { name: 'capDay', label: 'A day' },
  { name: 'capMonth', label: 'A month' },
  { name: 'capTotal', label: 'In all' },
] as const;
const capHint = 'Credits. Days and months begin at midnight UTC. A run that is not delivered gives its part back.';

/** What the form says, or what is wrong with it. */
function read(form: FormData): CreateKeyInput | string {
  const [capDay, capMonth, capTotal] = caps.map(({ name }) => readCap(String(form.get(name))));
  if (capDay === undefined || capMonth === undefined || capTotal === undefined) return 'A cap is an amount of credits, or empty.';
  const chosen = scopes.flatMap(({ value }) => (form.has(value) ? [value] : []));
  if (chosen.length === 0) return 'Choose what the key is for.';
  const days = Number(form.get('days'));
  const expiresAt = days ? new Date(Date.now() + days * DAY_MS).toISOString() : null;
  const name = String(form.get('name')).trim();
  if (!name) return 'Give the key a name.';
  return { name, scopes: chosen, models: form.getAll('model').map(String), passId: null, capDay, capMonth, capTotal, expiresAt };
}

/** Makes a key. Its secret is shown once: only a hash of it is kept. */
export function NewKey({ models, first }: { models: { slug: string; name: string }[] /** Before the list, on phones. */; first: boolean }) {
  const { run, pending, problem, say } = useServerAction();
  const [secret, setSecret] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const input = read(new FormData(element));
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
        <Disclosure summary="Only for some models">
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

function Scopes() {
  return (
    <fieldset className="grid gap-1">
      <legend className="pb-1 text-sm">It may</legend>
      {scopes.map(({ value, label, hint }) => (
        <Check key={value} name={value} label={label} hint={hint} defaultChecked />
      ))}
    </fieldset>
  );
}

function Caps() {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1.5 text-sm">Spends at most</legend>
      <div className="grid grid-cols-3 gap-3">
        {caps.map(({ name, label }) => (
          <Field key={name} id={`key-${name}`} label={<span className="text-xs text-ink-soft">{label}</span>}>
            <Input
              id={`key-${name}`}
              name={name}
              inputMode="decimal"
              placeholder="No cap"
              autoComplete="off"
              aria-describedby="key-caps-hint"
              className="tabular-nums"
            />
          </Field>
        ))}
      </div>
      <p id="key-caps-hint" className="text-xs text-ink-faint">
        {capHint}
      </p>
    </fieldset>
  );
}

type CheckProps = { name: string; value?: string; label: string; hint?: string; defaultChecked?: boolean };
function Check({ label, hint, ...rest }: CheckProps) {
  return (
    <label className="flex min-h-10 cursor-pointer items-center gap-3 text-sm">
      <input type="checkbox" className="size-4 shrink-0 accent-copper" {...rest} />
      <span className="grid">
        {label}
        {hint && <span className="text-xs text-ink-faint">{hint}</span>}
      </span>
    </label>
  );
}
