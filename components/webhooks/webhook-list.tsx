import type { Route } from 'next';
import Link from 'next/link';
import type { WebhookDto } from '@/lib/webhooks/schema';
import { day } from '../format';
import { Badge } from '../ui/badge';
import { stateWords } from './words';

/** The addresses that are told, each a way to its page. */
export function WebhookList({ webhooks }: { webhooks: WebhookDto[] }) {
  return (
    <ul className="border-t border-rule">
      {webhooks.map(({ id, url, state, events, createdAt }) => (
        <li key={id} className="border-b border-rule">
          <Link href={`/webhooks/${id}` as Route} className="grid min-h-11 gap-1 py-3 hover:text-copper">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <span className="min-w-0 font-mono text-sm break-all">{url}</span>
              <Badge tone={stateWords[state].tone}>{stateWords[state].text}</Badge>
            </span>
            <span className="text-xs text-ink-faint">
              {events.length} {events.length === 1 ? 'event' : 'events'} · added {day(createdAt)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
