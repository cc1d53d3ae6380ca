import { z } from 'zod';
import { uuidInput } from '@/lib/uuid-input';

/** What can be listened to. The migration's triggers say when each is told. */
export const WEBHOOK_EVENTS = [
  'generation.captured',
  'generation.failed',
  'generation.cancelled',
  'generation.expired',
  'work.sealed',
  'work.refunded',
  'work.minted',
  'work.mint_undone',
  'pass.bought',
  'pass.renewed',
  'pass.transferred',
  'pass.undone',
  'pass.expiring',
] as const;
/** Sent by hand, to see that messages arrive. */
export const TEST_EVENT = 'webhook.test';
export const WEBHOOKS_AT_MOST = 5;
const URL_AT_MOST = 2_048;

export const createWebhookInput = z.object({
  url: z.string().trim().min(1).max(URL_AT_MOST),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
});
export type CreateWebhookInput = z.output<typeof createWebhookInput>;
export const webhookIdInput = z.object({ id: uuidInput });
export const setWebhookStateInput = z.object({ id: uuidInput, state: z.enum(['active', 'paused']) });
export type SetWebhookStateInput = z.output<typeof setWebhookStateInput>;

export type WebhookDto = {
  id: string;
  url: string;
  events: string[];
  state: 'active' | 'paused' | 'disabled';
  disabledWhy: 'gone' | 'failing' | null;
  createdAt: string;
  /** Until when messages carry the former secret's signature, too. */
  rotatesUntil: string | null;
};
export type WebhookAttemptDto = { number: number; at: string; status: number | null; problem: string | null; ms: number };
export type WebhookDeliveryDto = {
  id: string;
  eventId: string;
  type: string;
  /** The message as it is sent. */
  body: string;
  state: 'pending' | 'held' | 'delivered' | 'failed';
  createdAt: string;
  nextAt: string | null;
  attempts: WebhookAttemptDto[];
};
