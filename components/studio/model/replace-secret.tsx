'use client';
import { type FormEvent, useState } from 'react';
import { replaceSecretAction } from '@/lib/studio/actions';
import { Button } from '../../ui/button';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { TextField } from '../text-field';

type Props = { id: string; hasWebhook: boolean; onDone(): void };

/** Other secrets for an endpoint, from its next call on. */
export function ReplaceSecret({ id, hasWebhook, onDone }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [secret, setSecret] = useState('');
  const [webhookSecret, setWebhookSecret] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    if (!secret.trim()) return say('Type the new secret first.');
    run(() => replaceSecretAction({ deployment: id, secret, webhookSecret: webhookSecret.trim() || null }), { onDone });
  };
  return (
    <form onSubmit={submit} className="grid justify-items-start gap-4 border-l-2 border-rule-strong pl-4">
      <TextField
        label="New secret"
        type="password"
        mono
        className="w-full"
        hint="Takes the place of the old one at once. Never shown again. The endpoint is tested with it."
        value={secret}
        onValueChange={setSecret}
      />
      {hasWebhook && (
        <TextField
          label="Signing secret of its webhooks (empty: none)"
          type="password"
          mono
          className="w-full"
          value={webhookSecret}
          onValueChange={setWebhookSecret}
        />
      )}
      <Button size="small" type="submit" loading={pending}>
        Store it, and test
      </Button>
      <Problem>{problem}</Problem>
    </form>
  );
}
