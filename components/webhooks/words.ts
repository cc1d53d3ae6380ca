import type { WebhookAttemptDto, WebhookDeliveryDto, WebhookDto } from '@/lib/webhooks/schema';

/** What each event is, for people; the name itself is what programs see. */
export const eventWords: Record<string, string> = {
  'generation.captured': 'A run of yours was delivered and paid',
  'generation.failed': 'A run failed; its credits were released',
  'generation.cancelled': 'A run was cancelled',
  'generation.expired': 'A run was not delivered in time',
  'work.sealed': 'A work is sealed and can be downloaded',
  'work.refunded': 'A work could not be sealed; its price was given back',
  'work.minted': 'A work was minted, as the chain says',
  'work.mint_undone': 'A fork of the chain undid a mint',
  'pass.bought': 'A pass was bought: yours, by you, or one that you offer',
  'pass.renewed': 'A pass was renewed: yours, by you, or one that you offer',
  'pass.transferred': 'A pass changed hands: from you, to you, or one that you offer',
  'pass.undone': 'A fork of the chain undid one of these three',
  'pass.expiring': 'A pass of yours ends within a day',
};

export const stateWords: Record<WebhookDto['state'], { tone: 'good' | 'copper' | 'bad'; text: string }> = {
  active: { tone: 'good', text: 'Told of events' },
  paused: { tone: 'copper', text: 'Paused' },
  disabled: { tone: 'bad', text: 'Stopped' },
};

export const stoppedWords = {
  gone: 'It answered 410: it wants no more messages. What happens until you let it go on is not kept for it.',
  failing: 'Nothing got through for three days. What happens until you let it go on is not kept for it.',
};

export const deliveryWords: Record<WebhookDeliveryDto['state'], { tone: 'plain' | 'good' | 'copper' | 'bad'; text: string }> = {
  pending: { tone: 'copper', text: 'On its way' },
  held: { tone: 'plain', text: 'Waits while paused' },
  delivered: { tone: 'good', text: 'Delivered' },
  failed: { tone: 'bad', text: 'Not delivered' },
};

/** What became of a try: 'answered 204', 'answered 302, a redirect, which is not followed', 'no connection (ECONNREFUSED)'. */
export function attemptWords({ status, problem }: Pick<WebhookAttemptDto, 'status' | 'problem'>): string {
  if (status === null) return problem ?? 'no answer';
  return status >= 300 && status < 400 ? `answered ${status}, a redirect, which is not followed` : `answered ${status}`;
}
