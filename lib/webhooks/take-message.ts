import { type Database, inTransaction } from '@/lib/db';
import { openWebhookSecret } from './secrets';
import type { Message } from './sign-message';

export type Outgoing = Message & { deliveryId: string; endpointId: string; url: string; secrets: string[] };

/** Whose places: an address that let us wait the last time has none among the quick ones. */
export type Lane = 'quick' | 'slow';

/**
 * What is to be sent, with the secrets it is signed with; null where there is nothing to send any more, or not now: then the delivery is put
 * where it belongs.
 */
export async function takeMessage(db: Database, deliveryId: string, lane: Lane = 'quick', now = new Date()): Promise<Outgoing | null> {
  const delivery = await db.prisma.webhookDelivery.findUnique({
    where: { id: deliveryId },
    select: {
      state: true,
      event: { select: { id: true, body: true } },
      endpoint: {
        select: {
          id: true,
          url: true,
          state: true,
          isSlow: true,
          secrets: { where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] }, orderBy: { createdAt: 'desc' } },
        },
      },
    },
  });
  if (delivery?.state !== 'pending') return null;
  const { endpoint, event } = delivery;
  if (endpoint.state !== 'active' || (endpoint.isSlow && lane === 'quick')) {
    await putAside(db, deliveryId, endpoint.id);
    return null;
  }
  return { id: event.id, body: event.body, deliveryId, endpointId: endpoint.id, url: endpoint.url, secrets: endpoint.secrets.map(openWebhookSecret) };
}

/** Of a paused endpoint it waits; of one that was stopped it has failed. One that goes on meanwhile, or that is slow, gets it by a job of its own. */
async function putAside({ pool }: Database, deliveryId: string, endpointId: string): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ state: string }>('SELECT state FROM webhook_endpoint WHERE id = $1 FOR UPDATE', [endpointId]);
    if (rows[0]?.state === 'active')
      await tx.query('SELECT webhook_send_at(id, endpoint_id, tries, now()) FROM webhook_delivery WHERE id = $1', [deliveryId]);
    else
      await tx.query(
        `UPDATE webhook_delivery SET state = CASE WHEN $2 THEN 'held' ELSE 'failed' END::webhook_delivery_state, next_at = NULL,
                ended_at = CASE WHEN $2 THEN NULL ELSE now() END WHERE id = $1 AND state = 'pending'`,
        [deliveryId, rows[0]?.state === 'paused'],
      );
  });
}
