import type { Metadata } from 'next';
import { SignedOut } from '@/components/shell/signed-out';
import { PageHeading } from '@/components/ui/page-heading';
import { WebhookForm } from '@/components/webhooks/webhook-form';
import { WebhookList } from '@/components/webhooks/webhook-list';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { listWebhooks } from '@/lib/webhooks/queries';
import { WEBHOOKS_AT_MOST } from '@/lib/webhooks/schema';

export const metadata: Metadata = { title: 'Webhooks', robots: { index: false } };

export default async function WebhooksPage() {
  const actor = await currentActor();
  if (!actor) {
    return (
      <div className="frame">
        <SignedOut title="Your webhooks" chain={await chainConfig()}>
          Sign in to have a program of yours told when your runs are delivered and your works are sealed and minted.
        </SignedOut>
      </div>
    );
  }
  const webhooks = await listWebhooks(database(), actor);
  return (
    <div className="frame max-w-3xl pb-20">
      <PageHeading title="Webhooks">
        Addresses of yours that are told what happens to your runs and works. Messages are signed in the form of Standard Webhooks, hold ids and
        amounts and never a prompt, and may come more than once: a message sent again has the same id.
      </PageHeading>
      <div className="grid gap-12">
        {webhooks.length > 0 && <WebhookList webhooks={webhooks} />}
        <section aria-labelledby="add" className="grid gap-5">
          <h2 id="add" className="font-display text-xl">
            Add an address
          </h2>
          {webhooks.length >= WEBHOOKS_AT_MOST && (
            <p className="text-sm text-ink-soft">{WEBHOOKS_AT_MOST} are as many as one person has. Remove one first.</p>
          )}
          <WebhookForm />
        </section>
      </div>
    </div>
  );
}
