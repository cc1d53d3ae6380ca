import type { WebhookDeliveryDto } from '@/lib/webhooks/schema';
import { duration, moment } from '../format';
import { Badge } from '../ui/badge';
import { Digest } from '../ui/digest';
import { Disclosure } from '../ui/disclosure';
import { ReplayButton } from './replay-button';
import { attemptWords, deliveryWords } from './words';

/** The log of an address: each message, and what became of each time it was sent. */
export function DeliveryList({ deliveries, mayReplay }: { deliveries: WebhookDeliveryDto[]; mayReplay: boolean }) {
  return (
    <ul className="border-t border-rule">
      {deliveries.map((delivery) => (
        <li key={delivery.id} className="grid gap-2 border-b border-rule py-3">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="font-mono text-sm">{delivery.type}</span>
            <Badge tone={deliveryWords[delivery.state].tone}>{deliveryWords[delivery.state].text}</Badge>
          </div>
          <p className="text-xs text-ink-faint">
            {moment(delivery.createdAt)}
            {delivery.nextAt && delivery.attempts.length > 0 && <> · next try {moment(delivery.nextAt)}</>}
          </p>
          <Attempts attempts={delivery.attempts} />
          <Disclosure summary="The message">
            <p className="pb-2">
              <Digest value={delivery.eventId} label="message id" />
            </p>
            <pre className="overflow-x-auto font-mono text-xs whitespace-pre-wrap break-all">{delivery.body}</pre>
          </Disclosure>
          {mayReplay && (
            <div className="flex flex-wrap items-center gap-3">
              <ReplayButton id={delivery.id} type={delivery.type} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Attempts({ attempts }: Pick<WebhookDeliveryDto, 'attempts'>) {
  if (attempts.length === 0) return null;
  return (
    <ol reversed start={attempts[0]?.number} className="grid gap-0.5 text-xs text-ink-soft">
      {attempts.map((attempt) => (
        <li key={attempt.number}>
          {attempt.number}. {attemptWords(attempt)}, after {duration(attempt.ms)} · {moment(attempt.at)}
        </li>
      ))}
    </ol>
  );
}
