'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { createWebhookAction } from '@/lib/webhooks/actions';
import { createWebhookInput, WEBHOOK_EVENTS } from '@/lib/webhooks/schema';
import { Button } from '../ui/button';
import { describedBy, Field } from '../ui/field';
import { Input } from '../ui/input';
import { useServerAction } from '../ui/use-server-action';
import { SecretShown } from './secret-shown';
import { eventWords } from './words';

const hint = 'On the public internet, by https. It answers 2xx within 15 seconds.';

/** Adds an address. Its secret is shown once. */
export function WebhookForm() {
  const { run, pending, problem, say } = useServerAction();
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const input = createWebhookInput.safeParse({ url: data.get('url'), events: data.getAll('events') });
    if (!input.success) return say(data.getAll('events').length === 0 ? 'Choose at least one event.' : 'Type the whole address, with https://.');
    run(() => createWebhookAction(input.data), {
      onDone: (answer) => {
        setMade(answer ?? null);
        form.reset();
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl gap-5">
      <Field id="webhook-url" label="Address" hint={hint} error={problem}>
        <Input
          id="webhook-url"
          name="url"
          type="url"
          inputMode="url"
          placeholder="https://"
          autoComplete="off"
          spellCheck={false}
          maxLength={2048}
          aria-invalid={problem !== null}
          aria-describedby={describedBy('webhook-url', { hint, error: problem })}
        />
      </Field>
      <fieldset className="grid">
        <legend className="pb-1.5 text-sm">Events</legend>
        {WEBHOOK_EVENTS.map((type) => (
          <label key={type} className="flex min-h-11 cursor-pointer items-center gap-3 border-t border-rule py-2 last:border-b">
            <input type="checkbox" name="events" value={type} defaultChecked className="size-4 shrink-0 accent-copper" />
            <span className="grid min-w-0">
              <span className="text-sm">{eventWords[type]}</span>
              <span className="font-mono text-2xs text-ink-faint">{type}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button type="submit" loading={pending} className="justify-self-start">
        Add the address
      </Button>
      {made && (
        <SecretShown secret={made.secret}>
          <Link href={`/webhooks/${made.id}` as Route} className="text-link">
            Send it a test message
          </Link>
        </SecretShown>
      )}
    </form>
  );
}
