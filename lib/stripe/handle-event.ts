import 'server-only';
import { z } from 'zod';
import type { Database } from '@/lib/db';
import type { Task } from '@/lib/jobs/types';
import { log } from '@/lib/log';
import { type StripeEvent, toEvent } from './verify-webhook';

/** Takes the events of some types. Called again for the same event whenever its outcome is not known. */
export type EventHandler = { types: readonly string[]; handle(db: Database, event: StripeEvent): Promise<void> };

const payload = z.object({ eventId: z.string() });

/** The job behind each event of the inbox. What nobody handles is kept and marked as seen. */
export function eventTask(handlers: EventHandler[]): Task {
  return async (input, { db }) => handleEvent(db, handlers, payload.parse(input).eventId);
}

export async function handleEvent(db: Database, handlers: EventHandler[], eventId: string): Promise<void> {
  const { rows } = await db.pool.query<{ payload: Parameters<typeof toEvent>[0] }>(
    'UPDATE stripe_event SET attempts = attempts + 1 WHERE id = $1 AND handled_at IS NULL RETURNING payload',
    [eventId],
  );
  if (!rows[0]) return;
  const event = toEvent(rows[0].payload);
  try {
    for (const handler of handlers) if (handler.types.includes(event.type)) await handler.handle(db, event);
    await db.pool.query('UPDATE stripe_event SET handled_at = now(), error = NULL WHERE id = $1', [eventId]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn({ event: eventId, type: event.type, err: error }, 'an event of Stripe could not be handled yet');
    await db.pool.query('UPDATE stripe_event SET error = $2 WHERE id = $1', [eventId, why]);
    throw error;
  }
}
