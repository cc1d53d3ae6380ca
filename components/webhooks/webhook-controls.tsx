'use client';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeWebhookAction, rotateWebhookSecretAction, setWebhookStateAction, testWebhookAction } from '@/lib/webhooks/actions';
import type { WebhookDto } from '@/lib/webhooks/schema';
import { ConfirmButton } from '../admin/confirm-button';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';
import { SecretShown } from './secret-shown';

/** What the owner of an address does with it. */
export function WebhookControls({ id, state }: Pick<WebhookDto, 'id' | 'state'>) {
  const router = useRouter();
  const { run, pending, problem } = useServerAction();
  const [secret, setSecret] = useState<string | null>(null);
  const isActive = state === 'active';
  const turn = () => run(() => rotateWebhookSecretAction({ id }), { onDone: (made) => setSecret(made?.secret ?? null) });
  const remove = () => run(() => removeWebhookAction({ id }), { onDone: () => router.replace('/webhooks' as Route) });
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {isActive && (
          <Button size="small" loading={pending} onClick={() => run(() => testWebhookAction({ id }))}>
            Send a test message
          </Button>
        )}
        <Button
          size="small"
          variant="outline"
          loading={pending}
          onClick={() => run(() => setWebhookStateAction({ id, state: isActive ? 'paused' : 'active' }))}
        >
          {isActive ? 'Pause' : 'Let it go on'}
        </Button>
        <ConfirmButton label="Make a new secret" sure="Yes, the old one ends in a day" pending={pending} onConfirm={turn} />
        <ConfirmButton label="Remove" sure="Yes, with its log" pending={pending} onConfirm={remove} />
      </div>
      <Problem>{problem}</Problem>
      {secret && <SecretShown secret={secret} />}
    </div>
  );
}
