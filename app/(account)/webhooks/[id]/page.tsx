import type { Metadata, Route } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/page-heading';
import { DeliveryList } from '@/components/webhooks/delivery-list';
import { WebhookControls } from '@/components/webhooks/webhook-controls';
import { stateWords, stoppedWords } from '@/components/webhooks/words';
import { Pager } from '@/components/works/pager';
import { RefreshWhile } from '@/components/works/refresh-while';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { uuidInput } from '@/lib/uuid-input';
import { getWebhook, listDeliveries } from '@/lib/webhooks/queries';

export const metadata: Metadata = { title: 'Webhook', robots: { index: false } };

const LOOK_AGAIN_MS = 3_000;

export default async function WebhookPage({ params, searchParams }: PageProps<'/webhooks/[id]'>) {
  const [actor, { id: asked }, search] = await Promise.all([currentActor(), params, searchParams]);
  const id = uuidInput.safeParse(asked).data;
  const webhook = actor && id && (await getWebhook(database(), actor, id));
  if (!webhook) notFound();
  const before = uuidInput.safeParse([search.cursor].flat()[0]).data;
  const { deliveries, nextBefore } = await listDeliveries(database(), actor, { webhookId: webhook.id, before });
  const { tone, text } = stateWords[webhook.state];
  return (
    <div className="frame max-w-3xl pb-20">
      <RefreshWhile active={deliveries.some(({ state, attempts }) => state === 'pending' && attempts.length === 0)} everyMs={LOOK_AGAIN_MS} />
      <PageHeading title="Webhook">
        <span className="font-mono text-sm break-all">{webhook.url}</span>
      </PageHeading>
      <div className="grid gap-10">
        <div className="grid gap-4">
          <Badge tone={tone}>{text}</Badge>
          {webhook.disabledWhy && <Notice tone="bad">{stoppedWords[webhook.disabledWhy]}</Notice>}
          {webhook.state === 'paused' && <p className="text-sm text-ink-soft">What happens meanwhile is kept, and sent when it goes on.</p>}
          <p className="text-xs break-words text-ink-faint">{webhook.events.join(', ')}</p>
          <WebhookControls id={webhook.id} state={webhook.state} />
        </div>
        <section aria-labelledby="log" className="grid gap-4">
          <h2 id="log" className="font-display text-xl">
            Messages
          </h2>
          {deliveries.length > 0 ? (
            <DeliveryList deliveries={deliveries} mayReplay={webhook.state === 'active'} />
          ) : (
            <p className="text-sm text-ink-soft">None yet. They are kept here for 30 days.</p>
          )}
          <Pager path={`/webhooks/${webhook.id}`} cursor={before} nextCursor={nextBefore} noun="messages" anchor="log" />
        </section>
        <Link href={'/webhooks' as Route} className="text-link text-sm">
          All webhooks
        </Link>
      </div>
    </div>
  );
}
